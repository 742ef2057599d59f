import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Client, newOrganisation } from './client.js';
import { GitClient } from './git-client.js';
import { TOPOLOGIES } from './product.js';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-git-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(TOPOLOGIES)('git over HTTP, %s', (topology) => {
  let owner: Client;
  let project: string;
  let clone: GitClient;

  const P = (): string => `/api/v1/workspaces/wiki/projects/${project}`;
  const addressOf = (client: Client, name = project): string => {
    const url = new URL(`/git/wiki/${name}.git`, client.url);
    if (client.token) Object.assign(url, { username: 'any', password: client.token });
    return url.toString();
  };
  const freshClone = async (): Promise<GitClient> => {
    const folder = mkdtempSync(join(root, 'clone-'));
    await new GitClient(folder).must('clone', '--quiet', addressOf(owner), '.');
    return new GitClient(folder);
  };
  const put = (path: string, body: string) => owner.send('PUT', `${P()}/pages/${path}`, { body });
  const bodyOf = async (path: string): Promise<string | undefined> => (await owner.get<{ page?: { body: string } }>(`${P()}/pages/${path}`)).json.page?.body;

  beforeAll(async () => {
    owner = (await newOrganisation(topology)).owner;
  });

  async function begin(): Promise<void> {
    project = `p-${randomUUID().slice(0, 8)}`;
    await owner.send('PUT', P());
    await put('notes/first.md', 'See [[decisions/second]].\n');
    clone = await freshClone();
  }

  it('clones, and what is edited and pushed is a page, in search, and recorded as pushed by the holder of the token', async () => {
    await begin();
    expect(readFileSync(join(clone.folder, 'notes/first.md'), 'utf8')).toBe('See [[decisions/second]].\n');
    const word = `zebra${randomBytes(4).toString('hex')}`;
    await clone.commit({ 'decisions/second.md': `---\ntitle: Second\ntags: [db]\n---\nThe ${word} decision.\n`, 'notes/first.md': 'Changed.\n' }, 'Decide');
    await clone.must('push', '--quiet', 'origin', 'HEAD:main');
    await eventually(async () => {
      const { json } = await owner.get<{ hits: { path: string }[] }>(`/api/v1/search?q=${word}&workspace=wiki&project=${project}`);
      expect(json.hits.map(({ path }) => path)).toEqual(['decisions/second.md']);
    });
    expect(await bodyOf('notes/first.md')).toBe('Changed.\n');
    expect(await (await freshClone()).must('log', '-1', '--format=%an %s')).toBe('Eve Decide');
    const { json: history } = await owner.get<{ revisions: object[] }>(`${P()}/history/notes/first.md`);
    expect(history.revisions).toMatchObject([{ author: 'Eve', pushed_by: 'dev' }, { author: 'dev', pushed_by: null }]);
    const { json: status } = await owner.get<{ user: { user_id: string } }>('/api/v1/status');
    const reverted = await owner.post<{ pages: { path: string }[] }>(`${P()}/revert`, { user_id: status.user.user_id, dry_run: true });
    expect(reverted.json.pages.map(({ path }) => path).toSorted()).toEqual(['decisions/second.md', 'notes/first.md']);
  });

  it('clones a project without pages, and takes the first push', async () => {
    project = `p-${randomUUID().slice(0, 8)}`;
    await owner.send('PUT', P());
    clone = await freshClone();
    await clone.commit({ 'notes/a.md': 'A\n' });
    await clone.must('push', '--quiet', 'origin', 'HEAD:main');
    expect(await bodyOf('notes/a.md')).toBe('A\n');
  });

  it('refuses a push that does not follow on what is there, as git does, and takes it once it is merged', async () => {
    await begin();
    await put('notes/first.md', 'Changed by an agent.\n');
    await clone.commit({ 'notes/mine.md': 'Mine\n' });
    const late = await clone.run('push', 'origin', 'HEAD:main');
    expect(late.exitCode).not.toBe(0);
    expect(late.printed).toMatch(/\[rejected\].*fetch first/);
    const forced = await clone.run('push', '--force', 'origin', 'HEAD:main');
    expect(forced.printed).toMatch(/remote: History is never rewritten here/);
    expect(await bodyOf('notes/mine.md')).toBeUndefined();
    await clone.must('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main');
    await clone.must('push', '--quiet', 'origin', 'HEAD:main');
    expect([await bodyOf('notes/mine.md'), await bodyOf('notes/first.md')]).toEqual(['Mine\n', 'Changed by an agent.\n']);
  });

  it('takes nothing back that was purged, from a clone of before', async () => {
    await begin();
    const word = `quokka${randomBytes(4).toString('hex')}`;
    await put('notes/secret.md', `The ${word}.\n`);
    clone = await freshClone();
    await put('notes/first.md', 'Changed.\n');
    const purged = await owner.send<{ pages: object[]; documents: number }>('DELETE', `${P()}/history/notes/secret.md`);
    expect(purged.json).toMatchObject({ pages: [{ path: 'notes/secret.md', outcome: 'removed' }], versions: 1 });
    await eventually(async () => expect((await owner.get<{ purges: object[] }>('/api/v1/purges')).json.purges[0]).toMatchObject({ done: true, waiting_for: [] }));
    expect((await owner.get<{ hits: object[] }>(`/api/v1/search?q=${word}&workspace=wiki&project=${project}`)).json.hits).toEqual([]);
    expect((await owner.get(`${P()}/history/notes/secret.md`)).status).toBe(404);
    await clone.must('pull', '--quiet', '--no-rebase', '--no-edit', '--allow-unrelated-histories', 'origin', 'main');
    const push = await clone.run('push', 'origin', 'HEAD:main');
    expect(push.printed).toMatch(/remote: The push would bring back what was purged here \(notes\/secret\.md\): clone anew/);
    expect(await (await freshClone()).must('log', '--all', '--format=%s')).not.toContain('secret');
    expect(await bodyOf('notes/first.md')).toBe('Changed.\n');
  });

  describe('refuses, says why on the terminal, and leaves everything as it was:', () => {
    beforeAll(begin);

    async function expectRefused(sentence: RegExp, push: string[] = ['push', 'origin', 'HEAD:main']): Promise<void> {
      const before = await owner.get(`${P()}/pages`);
      const remote = await clone.must('ls-remote', 'origin');
      const { exitCode, printed } = await clone.run(...push);
      expect(printed).toMatch(sentence);
      expect(exitCode).not.toBe(0);
      expect(printed).not.toContain(owner.token);
      expect((await owner.get(`${P()}/pages`)).text).toBe(before.text);
      expect(await clone.must('ls-remote', 'origin')).toBe(remote);
      await clone.must('reset', '--quiet', '--hard', 'origin/main');
    }

    it.each<[name: string, files: Record<string, string | Buffer>, sentence: RegExp]>([
      ['a path with capitals', { 'Notes/A.md': 'x' }, /remote: Notes\/A\.md the path has capital letters/],
      ['a path with a space', { 'notes/a b.md': 'x' }, /remote: notes\/a b\.md the path may hold only a to z/],
      ['what is no page', { 'notes/a.exe': 'x' }, /remote: notes\/a\.exe is no page/],
      ['frontmatter that is none', { 'notes/a.md': '---\n: [\n---\nText' }, /remote: notes\/a\.md the frontmatter can not be read/],
      ['bytes that are no text', { 'notes/a.md': Buffer.from([0xff, 0xfe, 0x00]) }, /remote: notes\/a\.md is not text/],
      ['a file of 20 MB', { 'notes/big.md': randomBytes(20_000_000) }, /remote: notes\/big\.md has 19\.1 MiB; a page may have 320 KiB/],
      ['a secret', { 'notes/a.md': `token: ghp_${'a1B2c3D4'.repeat(4)}wxyz\n` }, /remote: notes\/a\.md holds what looks like a secret/],
    ])('%s', async (_name, files, sentence) => {
      await clone.commit(files);
      await expectRefused(sentence);
    });

    it('what one commit adds and the next takes away', async () => {
      await clone.commit({ 'notes/big.md': 'x'.repeat(400_000) });
      await clone.must('rm', '--quiet', 'notes/big.md');
      await clone.must('commit', '--quiet', '-m', 'Away again');
      await expectRefused(/remote: notes\/big\.md has 391 KiB/);
    });

    it('what lies behind a merge that changes nothing itself', async () => {
      await clone.must('checkout', '--quiet', '-b', 'side');
      await clone.commit({ 'Notes/Side.md': 'x' });
      await clone.must('checkout', '--quiet', '-');
      await clone.commit({ 'notes/line.md': 'x' });
      await clone.must('merge', '--quiet', '--no-edit', 'side');
      await expectRefused(/remote: Notes\/Side\.md the path has capital letters/);
    });

    it('a symbolic link', async () => {
      symlinkSync('/etc/passwd', join(clone.folder, 'link.md'));
      await clone.commit({});
      await expectRefused(/remote: link\.md is a symbolic link/);
    });

    it('a submodule', async () => {
      await clone.must('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module.md`);
      await clone.must('commit', '--quiet', '-m', 'Submodule');
      await expectRefused(/remote: module\.md is a submodule/);
    });

    it('an executable', async () => {
      clone.write('notes/run.md', 'x');
      await clone.must('add', '--chmod=+x', 'notes/run.md');
      await clone.must('commit', '--quiet', '-m', 'Executable');
      await expectRefused(/remote: notes\/run\.md is executable/);
    });

    it('another branch, a tag, and the end of the branch', async () => {
      await clone.commit({ 'notes/a.md': 'x' });
      await expectRefused(/remote: There is one branch, main/, ['push', 'origin', 'HEAD:refs/heads/other']);
      await expectRefused(/remote: There is one branch, main/, ['push', 'origin', 'HEAD:refs/tags/v1']);
      await expectRefused(/remote: The branch can not be deleted/, ['push', 'origin', ':main']);
    });

    it('more commits than a push may bring', async () => {
      for (let at = 0; at < 2; at += 1) await clone.commit({ 'notes/a.md': `${at}` });
      const tip = await clone.must('rev-parse', 'HEAD');
      const chain = Array.from({ length: 1_001 }, (_value, index) => `commit refs/heads/many\nmark :${index + 1}\ncommitter E <e@x> 1700000000 +0000\ndata 1\nx\nfrom ${index === 0 ? tip : `:${index}`}\n`).join('');
      clone.write('../chain.txt', chain);
      await clone.must('-c', 'alias.import=!git fast-import --quiet < ../chain.txt', 'import');
      await expectRefused(/remote: A push may bring 1000 commits/, ['push', 'origin', 'many:main']);
    });
  });

  it('gives a token that may only read all there is, and takes nothing from it', async () => {
    await begin();
    const { json } = await owner.post<{ token: { token: string } }>('/api/v1/tokens', { name: 'reader', read_only: true });
    const reader = new Client(owner.url, json.token.token);
    const copy = new GitClient(mkdtempSync(join(root, 'clone-')));
    await copy.must('clone', '--quiet', addressOf(reader), '.');
    await copy.commit({ 'notes/a.md': 'x' });
    const pushed = await copy.run('push', 'origin', 'HEAD:main');
    expect(pushed.printed).toMatch(/remote: This token may only read/);
    expect(pushed.exitCode).not.toBe(0);
    const writes: [string, string, unknown][] = [
      ['PUT', `${P()}/pages/notes/a.md`, { body: 'x' }], ['DELETE', `${P()}/pages/notes/first.md`, undefined], ['PUT', `${P()}-new`, undefined], ['POST', `${P()}/handoffs`, { summary: 'x' }],
      ['POST', '/api/v1/tokens', { name: 'more' }], ['POST', '/api/v1/users', { name: 'x', email: 'x@example.com' }],
      ['POST', `/hook?event=UserPromptSubmit&agent=claude-code&workspace=wiki&project=${project}`, { session_id: randomUUID(), cwd: '/w', prompt: 'x' }],
    ];
    for (const [method, path, body] of writes) expect((await reader.send(method, path, body)).status, `${method} ${path}`).toBe(403);
    expect((await reader.get(`${P()}/pages/notes/first.md`)).status).toBe(200);
    expect(await bodyOf('notes/a.md')).toBeUndefined();
  });

  it('and every other way to a page asks the organisation\'s webhook, which refuses with a reason', async () => {
    const asked: { door: string; by: string }[] = [];
    const hook = createServer((request, response) => void text(request).then((body) => {
      asked.push(JSON.parse(body) as { door: string; by: string });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body.includes('forbidden') ? JSON.stringify({ decision: 'reject', reason: 'No such word' }) : '{"decision":"allow"}');
    }));
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const before = owner;
    owner = (await newOrganisation(topology)).owner;
    try {
      await begin();
      const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
      const made = await owner.post<{ webhook: { webhook_id: string } }>('/api/v1/webhooks', { name: 'words', url, mode: 'reject', on_failure: 'closed' });
      expect(made.status, made.text).toBe(201);
      expect(await put('notes/first.md', 'A forbidden word')).toMatchObject({ status: 403, json: { code: 'webhook.rejected' } });
      const written = await owner.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_write_page', arguments: { path: 'notes/a.md', body: 'forbidden', workspace: 'wiki', project } } }, { accept: 'application/json, text/event-stream' });
      expect(written.text).toContain('No such word');
      await clone.commit({ 'notes/first.md': 'Also forbidden.\n' });
      expect((await clone.run('push', 'origin', 'HEAD:main')).printed).toMatch(/remote: The webhook "words" of the organisation refused this: No such word/);
      expect([(await put('notes/first.md', 'Fine')).status, await bodyOf('notes/first.md')]).toEqual([200, 'Fine']);
      expect(asked.map(({ door, by }) => [door, by])).toEqual([['write', 'person'], ['write', 'agent'], ['push', 'person'], ['write', 'person']]);
      const { json } = await owner.get<{ deliveries: { status: string }[] }>(`/api/v1/webhooks/${made.json.webhook.webhook_id}/deliveries`);
      expect(json.deliveries.map(({ status }) => status)).toEqual(['allow', 'reject', 'reject', 'reject']);
    } finally {
      owner = before;
      hook.close();
      hook.closeAllConnections();
    }
  });

  it('asks for a token, and tells nobody whether a project of others is there', async () => {
    await begin();
    const stranger = (await newOrganisation(topology)).owner;
    const [foreign, absent, wrong] = [addressOf(stranger), addressOf(stranger, 'absent'), new URL(addressOf(owner))];
    wrong.password = 'mem_pat_wrong';
    const answers = await Promise.all([foreign, absent, wrong.toString()].map((address) => new GitClient(root).run('ls-remote', address)));
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([128, 128, 128]);
    const told = answers.map(({ printed }) => printed.replaceAll(/p-[0-9a-f]{8}|absent/g, '<project>'));
    expect(told[0]).toBe(told[1]);
    expect(told[0]).toMatch(/There is no such project/);
    expect(told[2]).toMatch(/Authentication failed/);
  });

  it('takes 2,000 files in one push', async () => {
    await begin();
    await clone.commit(Object.fromEntries(Array.from({ length: 2_000 }, (_value, index) => [`notes/n${index}.md`, `Page ${index}\n`])));
    await clone.must('push', '--quiet', 'origin', 'HEAD:main');
    expect(await bodyOf('notes/n1999.md')).toBe('Page 1999\n');
  });
});
