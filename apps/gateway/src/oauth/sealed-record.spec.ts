import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keysOfCode, keysOfId, seal, unseal } from './sealed-record.js';

const ID = randomBytes(32).toString('base64url');
const CODE = 'BCDFGHJK';
const PAYLOAD = { jti: ID, userCode: CODE, scope: 'memory:read' };
const [RIGHT, WRONG] = await Promise.all([keysOfCode(CODE), keysOfCode('BCDFGHJL')]);
const RECORD = seal(PAYLOAD, keysOfId(ID), RIGHT);

describe('a sealed record', () => {
  it('is opened by its id and by its code', () => {
    expect(unseal(RECORD.sealed, RECORD.keyById, keysOfId(ID).key)).toEqual(PAYLOAD);
    expect(unseal(RECORD.sealed, RECORD.keyByOther!, RIGHT.key)).toEqual(PAYLOAD);
  });

  it.each([
    ['another id', () => unseal(RECORD.sealed, RECORD.keyById, keysOfId(`${ID}x`).key)],
    ['another code', () => unseal(RECORD.sealed, RECORD.keyByOther!, WRONG.key)],
    ['what it is looked up by', () => unseal(RECORD.sealed, RECORD.keyById, RECORD.idHash)],
  ])('is not opened by %s', (_name, open) => expect(open).toThrow());

  it('is not opened once it has been changed', () => {
    const changed = Buffer.from(RECORD.sealed);
    changed[20]! ^= 1;
    expect(() => unseal(changed, RECORD.keyById, keysOfId(ID).key)).toThrow();
  });

  it('tells nothing of what is in it', () => {
    const stored = Buffer.concat([RECORD.idHash, RECORD.sealed, RECORD.keyById, RECORD.otherHash!, RECORD.keyByOther!]).toString('latin1');
    for (const secret of [ID, CODE, 'memory:read']) expect(stored).not.toContain(secret);
  });

  it('without a second name has none', () => expect(seal(PAYLOAD, keysOfId(ID))).toMatchObject({ otherHash: null, keyByOther: null }));
});
