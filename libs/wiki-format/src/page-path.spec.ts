import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPagePath, PAGE_PATH_CHARS_MAX, parsePagePath } from './page-path.js';

const ACCEPTED = [
  'a.md', 'index.md', 'decisions/use-postgres.md', '_rules/tests-first.md', '_slots/ada/focus.md', '_lint/2026-01.md', '_prompts/consolidation.md',
  'sessions/2026/01/0198c0de.md', 'profile/stack/node_24.md', 'notes/v1.2.3.md', 'a/b/c/d/e.md', 'notes/com.md', 'notes/console.md', 'notes/md.md', 'notes/_draft.md',
];

const REFUSED: readonly [path: string, problem: string][] = [
  ['', 'is empty'],
  [`${'a'.repeat(PAGE_PATH_CHARS_MAX)}.md`, 'longer than'],
  ['a\0.md', 'control character'], ['a\n.md', 'control character'], ['a\r.md', 'control character'], ['a\t.md', 'control character'],
  ['a\x1b[31m.md', 'control character'], ['a\x7f.md', 'control character'], ['\0', 'control character'], ['a.md\n', 'control character'], ['a.md\0', 'control character'],
  ['cafe\u0301.md', 'normal form C'], ['\u212Bngstrom.md', 'normal form C'],
  ['a\\b.md', 'backslash'], ['..\\a.md', 'backslash'], ['c:\\a.md', 'backslash'], ['\\\\host\\share\\a.md', 'backslash'],
  ['/a.md', 'starts with a slash'], ['//a.md', 'starts with a slash'], ['/etc/passwd', 'starts with a slash'],
  ['A.md', 'capital'], ['Notes/a.md', 'capital'], ['a.MD', 'capital'], ['README.md', 'capital'], ['.GIT/a.md', 'capital'], ['ÅNG.md', 'capital'],
  ['../a.md', 'holds ..'], ['a/../b.md', 'holds ..'], ['a/..', 'holds ..'], ['..', 'holds ..'], ['a..b.md', 'holds ..'], ['notes/...md', 'holds ..'], ['a/../../b.md', 'holds ..'],
  ['café.md', 'may hold only'], ['a b.md', 'may hold only'], ['a:b.md', 'may hold only'], ['a*.md', 'may hold only'], ['a?.md', 'may hold only'], ['a".md', 'may hold only'],
  ['a<b>.md', 'may hold only'], ['a|b.md', 'may hold only'], ['~/a.md', 'may hold only'], ['git~1/a.md', 'may hold only'], ['a%2e%2e.md', 'may hold only'], ['%2e%2e/a.md', 'may hold only'],
  ['a\u200b.md', 'may hold only'], ['a\u202e.md', 'may hold only'], ['a\uff0f.md', 'may hold only'], ['\u2024\u2024/a.md', 'may hold only'], ['a@{1}.md', 'may hold only'],
  ['$(id).md', 'may hold only'], ['`id`.md', 'may hold only'], ['a;b.md', 'may hold only'], ['a&b.md', 'may hold only'], ["a'b.md", 'may hold only'], ['ı.md', 'may hold only'],
  [' a.md', 'may hold only'], ['a.md ', 'may hold only'], ['a .md', 'may hold only'], ['\ud800.md', 'may hold only'],
  ['a', 'does not end'], ['a.txt', 'does not end'], ['a.md/', 'does not end'], ['.git', 'does not end'], ['.git/config', 'does not end'], ['a.md.', 'does not end'], ['-', 'does not end'],
  ['a//b.md', 'empty folder'], ['.md', 'starts with a dot'], ['a/.md', 'starts with a dot'], ['.git/a.md', 'starts with a dot'], ['a/.git/b.md', 'starts with a dot'],
  ['.hidden.md', 'starts with a dot'], ['./a.md', 'starts with a dot'], ['a/./b.md', 'starts with a dot'], ['.gitmodules.md', 'starts with a dot'],
  ['-a.md', 'starts with a dash'], ['--output=x.md', 'may hold only'], ['a/-b.md', 'starts with a dash'], ['--upload-pack.md', 'starts with a dash'],
  ['a./b.md', 'ends in a dot'], ['con.md', 'reserves'], ['a/aux.md', 'reserves'], ['nul/a.md', 'reserves'], ['com1.x.md', 'reserves'], ['lpt9.md', 'reserves'],
  ['a.md/b.md', 'folder whose name ends in .md'],
];

describe('parsePagePath', () => {
  it.each(ACCEPTED)('accepts %s as it is', (path) => {
    expect(parsePagePath(path)).toBe(path);
  });

  it.each(REFUSED)('refuses %j because it %s', (path, problem) => {
    expect(() => parsePagePath(path)).toThrow(expect.objectContaining({ code: 'wiki.page.path-invalid', kind: 'invalid', sentence: expect.stringContaining(problem) as string }));
    expect(isPagePath(path)).toBe(false);
  });

  it('does not repeat the path in what it says', () => {
    expect(() => parsePagePath('$(canary).md')).toThrow(expect.not.objectContaining({ sentence: expect.stringContaining('canary') as string }));
  });

  it('never accepts a path that leaves its folder, hides, or reads as an option', () => {
    const hostile = fc.array(fc.constantFrom('..', '.', '/', '\\', '.git', '-', '_', 'a', 'A', '.md', '\0', ' ', '~', 'é', '%2e'), { maxLength: 12 }).map((parts) => `${parts.join('')}.md`);
    fc.assert(fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (raw) => {
      if (!isPagePath(raw)) return;
      expect(posix.resolve('/root', raw)).toBe(`/root/${raw}`);
      expect(raw).toMatch(/^[a-z0-9_]/);
      expect(raw).not.toMatch(/(^|\/)[.-]|\.\.|[^a-z0-9._/-]|\/\//);
      expect(raw.toLowerCase().normalize('NFKC')).toBe(raw);
    }), { numRuns: 2_000 });
  });
});
