import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import type { ErasedRows } from '#libs/database';

/** What an erasure report says: ids, times and counts, and nothing of what was erased. */
export interface ErasureReport {
  erasure_id: string;
  organisation_id: string;
  project_id: string | null;
  /** Of a person alone; not there in reports of anything else, which were signed without it. */
  user_id?: string;
  requested_by: string;
  requested_at: string;
  finished_at: string;
  rows: ErasedRows;
}

/** PKCS #8 of an Ed25519 key up to its 32 secret bytes (RFC 8410, section 7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/** The bytes that are signed: the report as JSON with its keys in order, as `jq -cjS` prints it. */
export function signedBytes(report: ErasureReport): Buffer {
  return Buffer.from(JSON.stringify(inOrder(report)));
}

/** An Ed25519 signature in base64. */
export function signReport(report: ErasureReport, key: KeyObject): string {
  return sign(null, signedBytes(report), key).toString('base64');
}

/** The installation's key, as it follows from its secret. */
export function signingKey(secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'erasure reports', SEED_BYTES));
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** What a report is checked with, as PEM. */
export function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]));
}
