import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { OAuthRecordsRepository, RecordRow } from './oauth-records.repository.js';
import { keysOfCode, keysOfId, type NameKeys, seal, unseal } from './sealed-record.js';

/** A device is told to ask every so many seconds, and slowed down where it doesn't keep to it. */
export const POLL_SECONDS = 5;
/** What the network may take off the time between two of them. */
const POLL_TOLERANCE_SECONDS = 1;
/** Of those whose library gives no end: a client that nobody has used yet. */
export const UNUSED_CLIENT_SECONDS = 86_400;

/** Where oidc-provider keeps what it must remember: rows that only their bearer can open. */
export class RecordAdapter implements Adapter {
  constructor(private readonly kind: string, private readonly records: OAuthRecordsRepository) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const record = seal(payload, keysOfId(id), await otherKeys(payload));
    await this.records.save(this.kind, record, payload.grantId ?? (this.kind === 'Grant' ? id : null), expiresIn ?? UNUSED_CLIENT_SECONDS);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { hash, key } = keysOfId(id);
    const row = await this.records.find(this.kind, hash);
    if (!row) return undefined;
    if (this.kind === 'DeviceCode' && Provider.ctx?.oidc?.route === 'token' && (await this.records.hasJustAsked(this.kind, hash, POLL_SECONDS - POLL_TOLERANCE_SECONDS))) throw new errors.SlowDown();
    return opened(row, row.key_by_id, key);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findByOther(keysOfCode(userCode));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findByOther(Promise.resolve(keysOfId(uid)));
  }

  /** The library looks before it leaps; what matters is that only one of two at once gets through. */
  async consume(id: string): Promise<void> {
    if (!(await this.records.consume(this.kind, keysOfId(id).hash))) throw new errors.InvalidGrant('it has been used already');
  }

  destroy(id: string): Promise<void> {
    return this.records.remove(this.kind, keysOfId(id).hash);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.records.removeOfConnection(grantId);
  }

  private async findByOther(keys: Promise<NameKeys>): Promise<AdapterPayload | undefined> {
    const { hash, key } = await keys;
    const row = await this.records.findByOther(this.kind, hash);
    return row?.key_by_other ? opened(row, row.key_by_other, key) : undefined;
  }
}

/** The second name of what has one. */
async function otherKeys({ userCode, uid, kind }: AdapterPayload): Promise<NameKeys | undefined> {
  if (userCode) return keysOfCode(userCode);
  return kind === 'Session' && uid ? keysOfId(uid) : undefined;
}

function opened(row: RecordRow, wrappedKey: Buffer, key: Buffer): AdapterPayload {
  const payload = unseal(row.sealed, wrappedKey, key) as AdapterPayload;
  return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1_000) } : payload;
}
