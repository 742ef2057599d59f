import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Each has a key of its own, so that what was sealed for one use never opens for another. */
export type SealPurpose = 'model keys' | 'sign-on' | 'webhooks';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The text so that only the installation's secret key opens it, and only for the same purpose and organisation. */
export function sealText(secretKey: string, purpose: SealPurpose, organisationId: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, derived(secretKey, purpose), iv).setAAD(Buffer.from(organisationId));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Null where the secret key is another one, or the text was sealed for another purpose or organisation. */
export function openText(secretKey: string, purpose: SealPurpose, organisationId: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, derived(secretKey, purpose), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(organisationId));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

function derived(secretKey: string, purpose: SealPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'ai-memory', purpose, 32));
}
