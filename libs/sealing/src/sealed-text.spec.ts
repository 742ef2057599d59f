import { describe, expect, it } from 'vitest';
import { openText, sealText } from './sealed-text.js';

const SECRET = 'a secret key of thirty-two chars!';
const sealed = sealText(SECRET, 'model keys', 'org-1', 'sk-canary');

describe('a sealed text', () => {
  it('opens with the same secret key, for the same organisation', () => {
    expect(openText(SECRET, 'model keys', 'org-1', sealed)).toBe('sk-canary');
  });

  it('shows nothing of itself, and is another each time', () => {
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary');
    expect(sealText(SECRET, 'model keys', 'org-1', 'sk-canary')).not.toBe(sealed);
  });

  it('stays shut for another purpose', () => {
    expect(openText(SECRET, 'sign-on', 'org-1', sealed)).toBeNull();
  });

  it.each([
    ['another secret key', `${SECRET}x`, 'org-1', sealed],
    ['another organisation', SECRET, 'org-2', sealed],
    ['a changed byte', SECRET, 'org-1', `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
    ['nothing', SECRET, 'org-1', ''],
  ])('stays shut with %s', (_what, secret, organisation, text) => {
    expect(openText(secret, 'model keys', organisation, text)).toBeNull();
  });
});
