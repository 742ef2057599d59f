import { describe, expect, it } from 'vitest';
import { refusePastedToken } from './pasted-token.js';

/** Put together here, so that no scanner finds one in this file. */
const token = ['mem', 'svc', 'a'.repeat(30), 'b00001'].join('_');

describe('a command line', () => {
  it.each([[[token]], [['token', 'revoke', token]], [['login', `--token=${token}`]], [['search', `what is ${token}?`]], [[token.replace(/_b00001$/, 'b00001')]]])('is refused that holds a token, and the token not repeated: %#', (args) => {
    expect(() => refusePastedToken(args)).toThrow(/^The token mem_svc_…0001 stands on the command line/);
  });

  it.each([[[]], [['token', 'revoke', '0f0e0d0c-0000-4000-8000-000000000000']], [['search', 'mem_pat_…']], [['login', '--token', '-']]])('is taken that holds none: %j', (args) => {
    expect(() => refusePastedToken(args)).not.toThrow();
  });
});
