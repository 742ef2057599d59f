import { describe, expect, it } from 'vitest';
import { rewriteHistory } from './history-rewrite.js';

const ID = (mark: number): string => String(mark).padStart(40, '0');
const BLOB = (letter: string): string => letter.repeat(40);

/** A commit as `git fast-export` writes it. */
function exported(mark: number, message: string, parents: readonly number[], changes: readonly string[]): string {
  const lineage = parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent}\n`).join('');
  return `commit refs/heads/main\nmark :${mark}\noriginal-oid ${ID(mark)}\nauthor Ada <a@b> 1 +0000\ncommitter us <c@d> 2 +0000\ndata ${Buffer.byteLength(message)}\n${message}${lineage}${changes.map((each) => `${each}\n`).join('')}\n`;
}
const M = (path: string, letter: string): string => `M 100644 ${BLOB(letter)} ${path}`;
const rewritten = (commits: readonly string[], isFirst: (path: string, commit: string) => boolean) => rewriteHistory(Buffer.from(`reset refs/heads/main\n${commits.join('')}`), isFirst);
const isSecret = (path: string): boolean => path === 'secret.md';

/** Marks, parents and files of what is left. */
const storyOf = (stream: Buffer): string[] => stream.toString().split('\n').filter((line) => /^(mark|from|merge|M|D) /.test(line)).map((line) => line.replace(/ \d{6} ([0-9a-f])\1{39} /, ' $1 '));

describe('a history without a path', () => {
  it('loses the commits of which nothing is left, and their children follow on what was before', () => {
    const history = rewritten([exported(1, 'a\n', [], [M('a.md', 'a')]), exported(2, 'secret\n', [1], [M('secret.md', 'b')]), exported(3, 'more\n', [2], [M('a.md', 'c')])], isSecret);
    expect(storyOf(history.stream)).toEqual(['mark :1', 'M a a.md', 'mark :3', 'from :1', 'M c a.md']);
    expect(history).toMatchObject({ paths: ['secret.md'], blobs: [BLOB('b')], elsewhere: [] });
    expect([...history.marks]).toEqual([[ID(1), '1'], [ID(2), '1'], [ID(3), '3']]);
  });

  it('begins with a later commit where the first ones go, and says so to git', () => {
    const history = rewritten([exported(1, 's\n', [], [M('secret.md', 'a')]), exported(2, 'a\n', [1], [M('a.md', 'b')])], isSecret);
    expect(storyOf(history.stream)).toEqual(['mark :2', 'M b a.md']);
    expect(history.stream.toString()).toContain('reset refs/purge/head\n\ncommit refs/purge/head\nmark :2');
    expect(history.marks.get(ID(1))).toBeNull();
  });

  it('keeps the last commit, whatever is left of it, and merges', () => {
    const commits = [exported(1, 'a\n', [], [M('a.md', 'a')]), exported(2, 's\n', [1], [M('secret.md', 'b')]), exported(3, 'b\n', [1], [M('b.md', 'c')]), exported(4, 'm\n', [3, 2], [M('secret.md', 'b')]), exported(5, 'd\n', [4], ['D secret.md'])];
    expect(storyOf(rewritten(commits, isSecret).stream)).toEqual(['mark :1', 'M a a.md', 'mark :3', 'from :1', 'M c b.md', 'mark :4', 'from :3', 'merge :1', 'mark :5', 'from :4']);
  });

  it.each([
    ['words go, trailers stay', 'Write the secret\n\nAgent: codex\nUser: Ada <a@b>\n', 'Change pages, one of which was purged since\n\nAgent: codex\nUser: Ada <a@b>\n'],
    ['what only looks like a trailer goes', 'The secret\nUser: Ada\n', 'Change pages, one of which was purged since\n'],
  ])('of a commit of which something is left: %s', (_name, message, expected) => {
    const text = rewritten([exported(1, message, [], [M('secret.md', 'a'), M('a.md', 'b')])], isSecret).stream.toString();
    expect(text).toContain(`data ${Buffer.byteLength(expected)}\n${expected}\n`);
    expect(text).not.toContain('secret');
  });

  it('keeps the message of a commit that had nothing of it, byte for byte', () => {
    const message = 'data 3\nfrom :1\n\nM ä\n';
    expect(rewritten([exported(1, message, [], [M('a.md', 'a')])], isSecret).stream.toString()).toContain(`data ${Buffer.byteLength(message)}\n${message}\n`);
  });

  it('does not count a text as gone that another path holds', () => {
    expect(rewritten([exported(1, 'a\n', [], [M('secret.md', 'a'), M('copy.md', 'a')])], isSecret)).toMatchObject({ blobs: [], elsewhere: ['copy.md'] });
  });
});

it('from a commit on: keeps what a path held before, along every line of commits', () => {
  const commits = [
    exported(1, 'a\n', [], [M('a.md', 'a')]), exported(2, 'theirs\n', [1], [M('a.md', 'b')]), exported(3, 'beside\n', [1], [M('b.md', 'c')]),
    exported(4, 'merge\n', [3, 2], [M('a.md', 'b')]), exported(5, 'after\n', [4], [M('a.md', 'd'), M('b.md', 'e')]),
  ];
  const history = rewritten(commits, (_path, commit) => commit === ID(2));
  expect(storyOf(history.stream)).toEqual(['mark :1', 'M a a.md', 'mark :3', 'from :1', 'M c b.md', 'mark :4', 'from :3', 'merge :1', 'mark :5', 'from :4', 'M e b.md']);
  expect(history).toMatchObject({ paths: ['a.md'], blobs: [BLOB('b'), BLOB('d')] });
});
