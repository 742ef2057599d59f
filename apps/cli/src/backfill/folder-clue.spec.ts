import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderByClue } from './folder-clue.js';

const root = mkdtempSync(join(tmpdir(), 'folder-clue-'));
for (const folder of ['work/my-app', 'work/my/app', 'work/my/lib', 'work/web.site_2/.deep', 'Work-2/api']) mkdirSync(join(root, folder), { recursive: true });
writeFileSync(join(root, 'work', 'file'), '');
const by = (slug: string, file = 'none.json'): string | undefined => folderByClue({ slug, file, member: 'workspacePath' }, root, root);

describe('a folder known by a slug', () => {
  it.each([
    ['the only one that fits', 'work-my-lib', 'work/my/lib'],
    ['that of the longest names where several fit', 'work-my-app', 'work/my-app'],
    ['one whose dots and underscores were dashes', 'work-web-site-2-deep', 'work/web.site_2/.deep'],
    ['one in a kept underscore', 'work-web-site_2', 'work/web.site_2'],
    ['one in other case', 'work-2-api', 'Work-2/api'],
    ['a gone one, by the name that is left below what is there', 'work-my-old-tool', 'work/my/old-tool'],
    ['a gone one, where a file has the name', 'work-file', 'work/file'],
  ])('is %s', (_which, slug, folder) => {
    expect(by(slug)).toBe(join(root, folder));
  });

  it.each(['elsewhere-api', '1784567890123', ''])('is none where nothing of it is there: %j', (slug) => {
    expect(by(slug)).toBeUndefined();
  });

  it('is the one that a file beside it tells, whatever the slug', () => {
    writeFileSync(join(root, 'trusted.json'), JSON.stringify({ trustedAt: '2026-08-02T02:06:46.038Z', workspacePath: '/gone/api' }));
    expect(by('work-my-app', 'trusted.json')).toBe('/gone/api');
  });

  it.each(['{"workspacePath":', 'null', '{"workspacePath":7}', '{"workspacePath":"api"}'])('is not taken from %s', (text) => {
    writeFileSync(join(root, 'broken.json'), text);
    expect(by('work-my-app', 'broken.json')).toBe(join(root, 'work/my-app'));
  });
});
