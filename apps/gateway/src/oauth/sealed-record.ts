import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

/** How a record lies in its table: nobody who reads that can tell what is in it, or present it. */
export interface SealedRecord {
  idHash: Buffer;
  sealed: Buffer;
  keyById: Buffer;
  /** Of its second name, where it has one. */
  otherHash: Buffer | null;
  keyByOther: Buffer | null;
}

/** Where a name is looked up, and what unseals what is found there. Neither tells the other, nor the name. */
export interface NameKeys {
  hash: Buffer;
  key: Buffer;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A user code has 34 bits: each guess at one in a stolen table shall take 16 MiB and some 30 ms. */
const SCRYPT = { N: 16_384, r: 8, p: 1 };
const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

/** Of an id with 128 bits of chance or more. */
export function keysOfId(id: string): NameKeys {
  return { hash: createHash('sha256').update(id, 'utf8').digest(), key: Buffer.from(hkdfSync('sha256', id, '', 'oauth record', KEY_BYTES)) };
}

/** Of a code that a person types. */
export async function keysOfCode(code: string): Promise<NameKeys> {
  const derived = await derive(code, 'oauth user code', KEY_BYTES * 2, SCRYPT);
  return { hash: derived.subarray(0, KEY_BYTES), key: derived.subarray(KEY_BYTES) };
}

/** Seals a payload so that whoever has the id, or the second name, can open it. */
export function seal(payload: object, id: NameKeys, other?: NameKeys): SealedRecord {
  const key = randomBytes(KEY_BYTES);
  return {
    idHash: id.hash, sealed: encrypt(key, Buffer.from(JSON.stringify(payload))), keyById: encrypt(id.key, key),
    otherHash: other?.hash ?? null, keyByOther: other ? encrypt(other.key, key) : null,
  };
}

/** Throws where the key is not the one that it was sealed for. */
export function unseal(sealed: Buffer, wrappedKey: Buffer, key: Buffer): Record<string, unknown> {
  return JSON.parse(decrypt(decrypt(key, wrappedKey), sealed).toString('utf8')) as Record<string, unknown>;
}

function encrypt(key: Buffer, text: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
