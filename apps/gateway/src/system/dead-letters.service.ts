import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { Bus, requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type DeadLetterRow, DeadLettersRepository } from '#libs/runtime';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { requireWriter } from '../identity/require-writer.js';

export interface DeadLetter extends DeadLetterRow {
  organisationId: string;
}

const LISTED_MAX = 200;

/** Events that were given up, of all organisations. For the operator alone. */
@Injectable()
export class DeadLettersService {
  constructor(private readonly db: TenantDb, private readonly letters: DeadLettersRepository, private readonly bus: Bus) {}

  /** The last given up first, at most 200. */
  async list(scope: TenantScope): Promise<DeadLetter[]> {
    const found: DeadLetter[] = [];
    for (const theirs of await this.organisations(scope)) {
      const rows = await this.db.run(theirs, (tx) => this.letters.list(tx));
      found.push(...rows.map((row) => ({ ...row, organisationId: theirs.organisationId })));
    }
    return found.sort((one, other) => other.buried_at.getTime() - one.buried_at.getTime()).slice(0, LISTED_MAX);
  }

  /** Announces it again to all who hear it, and lets it go. Where that fails at once it stays. */
  async requeue(scope: TenantScope, deadLetterId: string): Promise<DeadLetter> {
    const { theirs, letter } = await this.find(scope, deadLetterId);
    await this.bus.announce(theirs, { id: randomUUID(), subject: letter.subject, payload: letter.payload, trace: letter.trace });
    return this.settle(scope, theirs, letter, 'event.requeued');
  }

  async remove(scope: TenantScope, deadLetterId: string): Promise<DeadLetter> {
    const { theirs, letter } = await this.find(scope, deadLetterId);
    return this.settle(scope, theirs, letter, 'event.removed');
  }

  /** Recorded in the log of the organisation whose event it was. */
  private async settle(scope: TenantScope, theirs: TenantScope, letter: DeadLetter, action: 'event.requeued' | 'event.removed'): Promise<DeadLetter> {
    await this.db.run(theirs, async (tx) => {
      await this.letters.remove(tx, letter.dead_letter_id);
      await recordAudit(tx, scope, { action, target: `dead-letter:${letter.dead_letter_id}`, before: { subject: letter.subject, listener: letter.listener } });
    });
    return letter;
  }

  private async find(scope: TenantScope, deadLetterId: string): Promise<{ theirs: TenantScope; letter: DeadLetter }> {
    requireWriter(scope);
    for (const theirs of await this.organisations(scope)) {
      const row = await this.db.run(theirs, (tx) => this.letters.find(tx, deadLetterId));
      if (row) return { theirs, letter: { ...row, organisationId: theirs.organisationId } };
    }
    throw new Fault(NOT_FOUND, { sentence: 'There is no such dead letter. It may have been requeued or removed.' });
  }

  private async organisations(scope: TenantScope): Promise<TenantScope[]> {
    requirePermission(scope, 'operator');
    return (await this.db.organisations('tenancy.organisations_with_dead_letters')).map((id) => scopeOfService(id, 'gateway'));
  }
}
