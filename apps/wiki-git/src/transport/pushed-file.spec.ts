import { describe, expect, it } from 'vitest';
import { changeProblem, contentProblem, sizeProblem } from './pushed-file.js';

const change = (path: string, mode = '100644') => ({ path, mode, blob: 'a'.repeat(40), status: 'A' });

describe('a change in a push', () => {
  it.each([['notes/a.md', '100644'], ['.gitignore', '100644'], ['Anything At All.exe', '000000']])('may come in: %s, mode %s', (path, mode) => {
    expect(changeProblem(change(path, mode))).toBeNull();
  });

  it.each([
    ['notes/a.md', '120000', 'is a symbolic link'], ['notes/a.md', '160000', 'is a submodule'], ['notes/a.md', '100755', 'is executable'], ['notes/a.md', '100664', 'is no plain file'],
    ['Notes/a.md', '100644', 'has capital letters'], ['notes/a.txt', '100644', 'is no page'], ['.gitmodules', '100644', 'is no page'], ['.gitattributes', '100644', 'is no page'],
    ['notes/.gitignore', '100644', 'is no page'], ['.obsidian/app.json', '100644', 'is no page'], ['.git/hooks/a.md', '100644', 'starts with a dot'], ['notes/con.md', '100644', 'reserves for a device'],
  ])('may not: %s, mode %s %s', (path, mode, problem) => {
    expect(changeProblem(change(path, mode))).toContain(problem);
  });
});

describe('the content of a pushed file', () => {
  it.each([['text', 'See [[b]].\r\n'], ['frontmatter', '---\ntitle: A\n---\nText'], ['what was redacted', 'token: [REDACTED:github-token]\n'], ['nothing', '']])('may be %s', (_name, text) => {
    expect(contentProblem(Buffer.from(text))).toBeNull();
  });

  it.each<[content: Buffer, problem: RegExp]>([
    [Buffer.from('---\n: [\n---\n'), /frontmatter can not be read/], [Buffer.from('a\0b'), /is not text/], [Buffer.from([0xc3, 0x28]), /is not text/],
    [Buffer.from('x'.repeat(300_000)), /has 293 KiB of text/], [Buffer.from(`---\na: ${'x'.repeat(70_000)}\n---\n`), /more than 64 KiB of frontmatter/],
  ])('may not be %#', (content, problem) => {
    expect(contentProblem(content)).toMatch(problem);
  });

  it('may hold no secret, and none is shown', () => {
    const secret = `ghp_${'a1B2c3D4'.repeat(4)}wxyz`;
    expect(contentProblem(Buffer.from(`token: ${secret}`))).toMatch(/what looks like a secret \([a-z-]+\)/);
    expect(contentProblem(Buffer.from(`token: ${secret}`))).not.toContain(secret);
  });

  it('has a bound', () => {
    expect([sizeProblem(320 * 1024), sizeProblem(320 * 1024 + 1)]).toEqual([null, 'has 321 KiB; a page may have 320 KiB']);
  });
});
