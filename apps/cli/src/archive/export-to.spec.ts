import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Headers, pack } from 'tar-stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { exportToFile, exportToFolder } from './export-to.js';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'export-'));
});

async function archiveOf(...entries: [header: Headers, content?: string][]): Promise<Buffer> {
  const tar = pack();
  for (const [header, content] of entries) {
    if (content === undefined) tar.entry(header).end();
    else tar.entry(header, content);
  }
  tar.finalize();
  return gzipSync(await buffer(Readable.from(tar)));
}

async function* pieces(archive: Buffer, breaksOff = false): AsyncGenerator<Buffer> {
  yield archive.subarray(0, 10);
  if (breaksOff) throw new Error('the connection broke off');
  yield archive.subarray(10);
}

const GOOD: [Headers, string] = [{ name: 'notes/a.md' }, 'A\n'];

describe('an export to a folder', () => {
  it('holds the files of the archive, and may take the place of an empty folder', async () => {
    mkdirSync(join(home, 'out'));
    expect(await exportToFolder(pieces(await archiveOf([{ name: 'notes', type: 'directory' }], GOOD, [{ name: '.gitignore' }, 'x\n'])), join(home, 'out'))).toBe(2);
    expect(readFileSync(join(home, 'out', 'notes', 'a.md'), 'utf8')).toBe('A\n');
  });

  it.each<[string, Headers]>([
    ['a path out of it', { name: '../evil.md' }],
    ['an absolute path', { name: '/tmp/evil.md' }],
    ['a symbolic link', { name: 'notes/b.md', type: 'symlink', linkname: '/etc/passwd' }],
    ['a hard link', { name: 'notes/b.md', type: 'link', linkname: 'notes/a.md' }],
    ['a hidden file', { name: '.ssh/config.md' }],
    ['a program', { name: 'run.sh' }],
  ])('writes nothing where the server sends %s', async (_what, header) => {
    await expect(exportToFolder(pieces(await archiveOf(GOOD, [header, header.type ? undefined : 'x'])), join(home, 'in', 'out'))).rejects.toMatchObject({ sentence: expect.stringContaining('which is no page') });
    expect([existsSync(join(home, 'evil.md')), readdirSync(home), readdirSync(join(home, 'in'))]).toEqual([false, ['in'], []]);
  });

  it('does not appear where the archive is cut short, or breaks off', async () => {
    const archive = await archiveOf(GOOD);
    await expect(exportToFolder(pieces(archive.subarray(0, -20)), join(home, 'out'))).rejects.toThrow();
    await expect(exportToFolder(pieces(archive, true), join(home, 'out'))).rejects.toThrow('broke off');
    expect(readdirSync(home)).toEqual([]);
  });

  it('never goes where there is something', async () => {
    writeFileSync(join(home, 'mine.txt'), 'mine');
    await expect(exportToFolder(pieces(await archiveOf(GOOD)), home)).rejects.toMatchObject({ sentence: expect.stringContaining('there is something already') });
    await expect(exportToFolder(pieces(await archiveOf(GOOD)), join(home, 'mine.txt'))).rejects.toMatchObject({ sentence: expect.stringContaining('there is something already') });
    expect(readdirSync(home)).toEqual(['mine.txt']);
  });
});

describe('an export to a file', () => {
  it('replaces the one before it, and only when it is whole', async () => {
    const [path, archive] = [join(home, 'wiki.tar.gz'), await archiveOf(GOOD)];
    writeFileSync(path, 'before');
    await expect(exportToFile(pieces(archive, true), path)).rejects.toThrow('broke off');
    expect([readdirSync(home), readFileSync(path, 'utf8')]).toEqual([['wiki.tar.gz'], 'before']);
    expect(await exportToFile(pieces(archive), path)).toBe(archive.length);
    expect([readdirSync(home), readFileSync(path).equals(archive)]).toEqual([['wiki.tar.gz'], true]);
  });
});
