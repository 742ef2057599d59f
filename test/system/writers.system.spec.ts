import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, hookPath, newOrganisation, productOf } from './client.js';
import { GitClient } from './git-client.js';
import { TOPOLOGIES, type Topology } from './product.js';

/** Of one page, in each topology. */
const TOTAL = Number(process.env.WRITERS_TEST_WRITES ?? 100);
const WRITES = { tool: Math.ceil(TOTAL * 0.19) * 4, push: Math.ceil(TOTAL * 0.12), compile: Math.ceil(TOTAL * 0.12) } as const;
const TOOL_WRITERS = 4;
const DEADLINE_MS = 1_200_000;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-writers-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Place { owner: Client; project: string; path: string; sessionId: string }

const P = ({ project }: Place): string => `/api/v1/workspaces/writers/projects/${project}`;

async function callTool<T>(owner: Client, name: string, args: object): Promise<T> {
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
  const { text } = await owner.post('/mcp', body, { accept: 'application/json, text/event-stream' });
  const { result } = JSON.parse(/^\{.*\}$/m.exec(text.replace(/^data: /gm, ''))![0]) as { result: { isError?: boolean; structuredContent: T; content: { text: string }[] } };
  if (result.isError) throw new Error(result.content[0]!.text);
  return result.structuredContent;
}

/** An agent that reads the page, adds a line, and says what it began from. */
async function writeByTool({ owner, project, path }: Place, line: string): Promise<void> {
  const at = { workspace: 'writers', project, path };
  const { page, body, frontmatter } = await callTool<{ page: { page_id: string }; body: string; frontmatter: Record<string, unknown> }>(owner, 'memory_read_page', at);
  const { title, kind, tags } = frontmatter;
  await callTool(owner, 'memory_write_page', { ...at, title, kind, tags, body: `${body.trimEnd()}\n${line}\n`, base_page_id: page.page_id });
}

/** A person who adds a line, and pulls as often as somebody else was faster. */
async function writeByPush(clone: GitClient, path: string, line: string): Promise<void> {
  clone.write(path, `${readFileSync(join(clone.folder, path), 'utf8').trimEnd()}\n${line}\n`);
  await clone.must('commit', '--quiet', '--all', '-m', line);
  for (;;) {
    const { exitCode, printed } = await clone.run('push', '--quiet', 'origin', 'HEAD:main');
    if (exitCode === 0) return;
    if (!/fetch first|non-fast-forward|Try again/.test(printed)) throw new Error(printed);
    await clone.must('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main');
  }
}

/** A session that goes on: each end has its page compiled anew. */
async function writeByCompiler({ owner, project, sessionId }: Place, prompt: string): Promise<void> {
  const send = async (event: string, more: object): Promise<void> => {
    const answer = await owner.post(hookPath('claude-code', event, `&workspace=writers&project=${project}`), { session_id: sessionId, cwd: '/w', ...more });
    if (answer.status !== 202) throw new Error(answer.text);
  };
  await send('SessionStart', { source: 'resume' });
  await send('UserPromptSubmit', { prompt });
  await send('SessionEnd', { reason: 'exit' });
}

async function repeat(count: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < count; index += 1) await work(index);
}

async function begin(topology: Topology): Promise<{ place: Place; clone: GitClient; organisationId: string }> {
  const { owner, organisationId } = await newOrganisation(topology);
  const place = { owner, project: `p-${randomUUID().slice(0, 8)}`, sessionId: randomUUID(), path: '' };
  await writeByCompiler(place, 'Write the page that everybody writes');
  const path = await eventually(async () => {
    const { json } = await owner.get<{ pages: { path: string }[] }>(`${P(place)}/pages?prefix=sessions/`);
    expect(json.pages).toHaveLength(1);
    return json.pages[0]!.path;
  });
  const clone = new GitClient(mkdtempSync(join(root, 'clone-')));
  const address = Object.assign(new URL(`/git/writers/${place.project}.git`, owner.url), { username: 'any', password: owner.token });
  await clone.must('clone', '--quiet', address.toString(), '.');
  writeFileSync(join(clone.folder, '.git/info/attributes'), '*.md merge=union\n');
  return { place: { ...place, path }, clone, organisationId };
}

describe.each(TOPOLOGIES)('one page, written by agents, a person and the compiler at once, %s', (topology) => {
  it('loses no text, and git and the tables agree', { timeout: DEADLINE_MS }, async () => {
    const { place, clone, organisationId } = await begin(topology);
    const toolLines = Array.from({ length: WRITES.tool }, (_value, index) => `tool line ${index} ${randomUUID()}`);
    const pushLines = Array.from({ length: WRITES.push }, (_value, index) => `pushed line ${index} ${randomUUID()}`);
    const prompts = Array.from({ length: WRITES.compile }, (_value, index) => `Take step ${index} of ${randomUUID()}`);
    await Promise.all([
      ...Array.from({ length: TOOL_WRITERS }, (_value, writer) => repeat(WRITES.tool / TOOL_WRITERS, (index) => writeByTool(place, toolLines[index * TOOL_WRITERS + writer]!))),
      repeat(WRITES.push, (index) => writeByPush(clone, place.path, pushLines[index]!)),
      repeat(WRITES.compile, (index) => writeByCompiler(place, prompts[index]!)),
    ]);
    await eventually(async () => expect(await currentTexts(place)).toContain(prompts.at(-1)), 60_000);
    const texts = await currentTexts(place);
    expect([...toolLines, ...pushLines].filter((line) => !texts.includes(line))).toEqual([]);
    await expectWhole(topology, organisationId, place);
  });

  /** Everything that a person finds now, as text. */
  async function currentTexts({ owner, project }: Place): Promise<string> {
    const place = { owner, project } as Place;
    const { json } = await owner.get<{ pages: { path: string }[] }>(`${P(place)}/pages?limit=100`);
    const pages = await Promise.all(json.pages.map(({ path }) => owner.get<{ page: { body: string } }>(`${P(place)}/pages/${path}`)));
    return pages.map((page) => page.json.page.body).join('\n');
  }

  async function expectWhole(of: Topology, organisationId: string, place: Place): Promise<void> {
    const folder = join(productOf(of).dataDir, 'repositories', organisationId);
    const repository = join(folder, readdirSync(folder).find((name) => name.endsWith('.git'))!);
    const git = (...args: string[]): string => execFileSync('git', ['-C', repository, '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString().trim();
    expect(git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
    const { json } = await place.owner.get<{ pages: { path: string; page_id: string }[] }>(`${P(place)}/pages?limit=100`);
    for (const { path } of json.pages) {
      const { json: shown } = await place.owner.get<{ page: { body: string } }>(`${P(place)}/pages/${path}`);
      expect(git('show', `main:${path}`)).toContain(shown.page.body.trim());
    }
    const inGit = git('ls-tree', '-r', '--name-only', 'main').split('\n').filter((path) => !path.startsWith('.'));
    expect(json.pages.map(({ path }) => path).toSorted()).toEqual(inGit.toSorted());
  }
});
