import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.js';

describe('a diff', () => {
  it('shows what a change does, with its surroundings', () => {
    expect(unifiedDiff('/home/dev/x.json', 'a\nb\nc\n', 'a\nB\nc\n')).toBe('--- /home/dev/x.json\n+++ /home/dev/x.json\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n');
  });

  it.each([['a new file', null, 'a\n', '--- /dev/null\n+++ /x\n'], ['a file that goes', 'a\n', null, '--- /x\n+++ /dev/null\n']])('shows %s', (_what, before, after, head) => {
    expect(unifiedDiff('/x', before, after)).toContain(head);
  });

  it('never shows a token, nor any other secret that stands beside it', () => {
    const diff = unifiedDiff('/x', '{\n  "key": "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"\n}\n', '{\n  "key": "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789",\n  "t": "our-own-token"\n}\n', ['our-own-token']);
    expect(diff).toContain('+  "t": "‹token›"');
    expect(diff).not.toMatch(/our-own-token|abcdefghijklmnop/);
  });

  it('can not steer the terminal', () => {
    expect(unifiedDiff('/x', 'a\n', '\u001b[2Jb\n')).toContain('+b\n');
  });
});
