import { describe, expect, it } from 'vitest';
import { openKey, sealKey } from './sealed-key.js';

const SECRET = 'a secret key of thirty-two chars!';
const sealed = sealKey(SECRET, 'org-1', 'sk-canary');

describe('a sealed key', () => {
  it('opens with the same secret key, for the same organisation', () => {
    expect(openKey(SECRET, 'org-1', sealed)).toBe('sk-canary');
  });

  it('shows nothing of itself, and is another each time', () => {
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary');
    expect(sealKey(SECRET, 'org-1', 'sk-canary')).not.toBe(sealed);
  });

  it.each([
    ['another secret key', `${SECRET}x`, 'org-1', sealed],
    ['another organisation', SECRET, 'org-2', sealed],
    ['a changed byte', SECRET, 'org-1', `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
    ['nothing', SECRET, 'org-1', ''],
  ])('stays shut with %s', (_what, secret, organisation, text) => {
    expect(openKey(secret, organisation, text)).toBeNull();
  });
});
