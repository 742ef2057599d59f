import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES, type Topology } from './product.js';

async function newLaptop(topology: Topology): Promise<{ owner: Client; laptop: Laptop }> {
  const { owner } = await newOrganisation(topology);
  return { owner, laptop: new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: owner.token! }) };
}

const place = (): string[] => ['--workspace', 'acme', '--project', `p-${randomUUID().slice(0, 8)}`];
const apiOf = ([, workspace, , project]: string[]): string => `/api/v1/workspaces/${workspace}/projects/${project}`;
const folderOf = (laptop: Laptop, files: Readonly<Record<string, string>>): string => {
  const folder = join(laptop.homeDir, `f-${randomUUID().slice(0, 8)}`);
  for (const [path, text] of Object.entries(files)) put(join(folder, path), text);
  return folder;
};
const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const filesIn = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  .filter((path) => statSync(join(folder, path)).isFile()).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));

it.each(TOPOLOGIES)('a wiki goes out as a folder and as an archive, comes in from both the same, and is found, %s', async (topology) => {
  const { owner, laptop } = await newLaptop(topology);
  const word = `zebra${randomUUID().slice(0, 8)}`;
  const files = { 'decisions/db.md': `---\n# by hand\ntitle: Database\ntags: [db]\n---\nThe ${word} decision, see [[notes/a]].\n`, 'notes/a.md': 'ünï\r\n', '.gitignore': '.obsidian/\n' };
  const [first, second, third] = [place(), place(), place()];
  const source = folderOf(laptop, { ...files, '.obsidian/app.json': '{}' });
  expect(await laptop.ask(['import', source, '--dry-run', ...first]).catch(String)).toContain('There is no such project');
  expect(await laptop.ask(['import', source, ...first])).toMatchObject({ outcome: 'imported', added: 3, refused_count: 0 });
  expect(await laptop.ask(['import', source, ...first])).toMatchObject({ outcome: 'unchanged', unchanged: 3 });
  await eventually(async () => expect((await owner.get(`/api/v1/search?q=${word}`)).text).toContain('decisions/db.md'));

  await laptop.ask(['export', '--to', 'out', ...first]);
  expect(filesIn(join(laptop.homeDir, 'out'))).toEqual(files);
  expect(await laptop.ask(['import', 'out', ...second])).toMatchObject({ added: 3 });
  await laptop.ask(['export', '--to', 'out.tar.gz', ...second]);
  expect(await laptop.ask(['import', 'out.tar.gz', ...third])).toMatchObject({ added: 3 });
  await laptop.ask(['export', '--to', 'again', ...third]);
  expect(filesIn(join(laptop.homeDir, 'again'))).toEqual(files);
  expect(await laptop.run(['export', '--to', 'again', ...third])).toMatchObject({ code: 1, stderr: expect.stringContaining('there is something already') });
});

describe('what is imported', () => {
  let owner: Client;
  let laptop: Laptop;

  beforeAll(async () => {
    ({ owner, laptop } = await newLaptop('standalone'));
  });

  it('comes in whole or not at all, unless told otherwise, and every refused file is named', async () => {
    const scope = place();
    const folder = folderOf(laptop, { 'notes/ok.md': 'ok\n', 'Notes/Loud.md': 'x', 'run.sh': 'x', 'notes/s.md': 'ghp_1234567890abcdefghijklmnopqrstuvwxyzAB' });
    symlinkSync('/etc/passwd', join(folder, 'notes', 'link.md'));
    const { code, stdout, stderr } = await laptop.run(['import', folder, ...scope]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/refused: Notes\/Loud\.md the path has capital letters[^]*refused: notes\/link\.md is a symbolic link[^]*refused: notes\/s\.md holds what looks like a secret[^]*refused: run\.sh is no page/);
    expect(stderr).toContain('Nothing was imported, since 4 of the files are refused');
    expect((await owner.get<{ pages: unknown[] }>(`${apiOf(scope)}/pages`)).json.pages).toEqual([]);
    expect(await laptop.ask(['import', folder, '--skip-refused', ...scope])).toMatchObject({ outcome: 'imported', added: 1, refused_count: 4 });
  });

  it('comes in from the reference system\'s folder, without what that keeps beside the pages', async () => {
    const [scope, project] = [place(), join('wiki', randomUUID(), randomUUID())];
    const folder = folderOf(laptop, { [join(project, '_meta.md')]: '---\nproject: api\n---\n', [join(project, 'log-2026-11.md')]: '## x', [join(project, '_pending/auto-improve/x.md')]: 'x', [join(project, 'gotchas/a.md')]: 'a\n' });
    expect(await laptop.ask(['import', folder, ...scope])).toMatchObject({ outcome: 'imported', added: 1 });
    cpSync(join(folder, project), join(folder, 'wiki', randomUUID(), randomUUID()), { recursive: true });
    expect((await laptop.run(['import', folder, ...scope])).stderr).toContain('there are several projects in it; import one at a time');
  });

  it('is neither written by who may only read, nor taken from what is no archive', async () => {
    const scope = place();
    await owner.send('PUT', apiOf(scope));
    const { token } = (await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'reader', read_only: true })).json;
    const reader = new Laptop({ AI_MEMORY_SERVER_URL: owner.url, AI_MEMORY_AUTH_TOKEN: token.token });
    const folder = folderOf(laptop, { 'notes/ok.md': 'ok\n' });
    expect((await reader.run(['import', folder, ...scope])).code).toBe(1);
    expect((await reader.run(['export', '--to', 'out', ...scope])).code).toBe(0);
    expect(existsSync(join(reader.homeDir, 'out'))).toBe(true);
    const answers = [await owner.send('POST', `${apiOf(scope)}/import`, Buffer.from('hello'), { 'content-type': 'application/gzip' }), await owner.post(`${apiOf(scope)}/import`, {}), await owner.send('POST', `${apiOf(scope)}/import`, Buffer.alloc(0), { 'content-type': 'application/gzip' })];
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([[400, 'wiki.archive.unreadable'], [400, 'http.media-type-wrong'], [400, 'http.body-unreadable']]);
  });
});
