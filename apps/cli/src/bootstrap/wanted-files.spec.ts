import { describe, expect, it } from 'vitest';
import { foldersOf, wantedFiles } from './wanted-files.js';

const file = (path: string, bytes = 100) => ({ path, blob: 'b', bytes });
const wanted = (...paths: string[]): string[] => wantedFiles(paths.map((path) => file(path))).map(({ file: { path } }) => path);

describe('the files that are read', () => {
  it('come most telling first, and the shallow before the deep', () => {
    expect(wanted('docs/deep/b.md', 'docs/a.md', 'src/README.md', 'adr/0001-x.md', 'Makefile', 'package.json', 'AGENTS.md', 'README.md', 'scripts/seed.sh')).toEqual([
      'README.md', 'AGENTS.md', 'Makefile', 'package.json', 'adr/0001-x.md', 'scripts/seed.sh', 'src/README.md', 'docs/a.md', 'docs/deep/b.md',
    ]);
  });

  it.each(['.env', 'src/main.ts', 'config/secrets.yml', 'id_rsa', 'node_modules/x/README.md', 'test/fixtures/package.json', 'vendor/adr/0001-x.md', '.npmrc'])('are never %s', (path) => {
    expect(wanted(path)).toEqual([]);
  });

  it('are bounded in size and number', () => {
    expect(wantedFiles([file('README.md', 2_000_000)])).toEqual([]);
    expect(wanted(...Array.from({ length: 500 }, (_value, index) => `adr/${index}.md`))).toHaveLength(60);
  });
});

describe('folders', () => {
  it('of two levels are counted, by the endings of their files', () => {
    expect(foldersOf([file('a/b/c/d.ts'), file('a/x.TS'), file('a/b/y.md'), file('z.md'), file('a/Makefile')])).toEqual([
      { path: 'a', files: 4, endings: { ts: 2, md: 1 } }, { path: 'a/b', files: 2, endings: { ts: 1, md: 1 } },
    ]);
  });

  it('are the fullest two hundred', () => {
    const many = Array.from({ length: 300 }, (_value, index) => file(`f${index}/a.ts`));
    const folders = foldersOf([...many, file('f299/b.ts')]);
    expect([folders.length, folders.some(({ path }) => path === 'f299')]).toEqual([200, true]);
  });
});
