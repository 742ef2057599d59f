import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { newOrganisation, type Organisation, productOf, recordedSession, withTimes } from './client.js';
import { TOPOLOGIES } from './product.js';
import { type Place, query, REPLAYS } from './replay.js';

const git = async (...args: string[]): Promise<string> => (await promisify(execFile)('git', ['-c', 'safe.directory=*', ...args])).stdout;

interface PageAnswer {
  page: { body: string; frontmatter: Record<string, unknown>; page_id: string };
}

describe.each(TOPOLOGIES)('the whole loop, %s', (topology) => {
  let organisation: Organisation;

  beforeAll(async () => {
    organisation = await newOrganisation(topology);
  });

  const pagePath = ({ workspace, project }: Place, sessionId: string): string => `/api/v1/workspaces/${workspace}/projects/${project}/pages/sessions/${sessionId}.md`;
  const newPlace = (): Place => ({ workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` });

  async function readPage(place: Place, sessionId: string): Promise<PageAnswer['page']> {
    return eventually(async () => {
      const answer = await organisation.owner.get<PageAnswer>(pagePath(place, sessionId));
      expect(answer.status, answer.text).toBe(200);
      return answer.json.page;
    });
  }

  async function openHandoffs({ workspace, project }: Place): Promise<unknown[]> {
    const answer = await organisation.owner.get<{ handoffs: unknown[] }>(`/api/v1/workspaces/${workspace}/projects/${project}/handoffs?state=open`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json.handoffs;
  }

  describe.each(['claude-code', 'codex'])('a recorded %s session', (agent) => {
    it('comes to the same page and one handoff, however its events arrive', async () => {
      const pages: Record<string, string> = {};
      for (const [name, replay] of Object.entries(REPLAYS)) {
        const [place, sessionId] = [newPlace(), randomUUID()];
        await replay(organisation.owner, agent, withTimes(recordedSession(agent, sessionId)), place);
        expect(await openHandoffs(place), name).toHaveLength(1);
        const { body, frontmatter } = await eventually(async () => {
          const page = await readPage(place, sessionId);
          expect(page.frontmatter.observation_generation, name).toBe(await generationOf(sessionId));
          return page;
        });
        pages[name] = JSON.stringify({ body, frontmatter }).replaceAll(sessionId, 'SESSION').replaceAll(sessionId.slice(0, 8), 'SHORT').replaceAll(place.project, 'PROJECT');
      }
      const expected = pages['event by event']!;
      expect(expected).toContain('Say hello via the tools');
      for (const [name, page] of Object.entries(pages)) expect(page, name).toBe(expected);
    });

    async function generationOf(sessionId: string): Promise<number> {
      const answer = await organisation.owner.get<{ session: { observations: number } }>(`/api/v1/sessions/${sessionId}`);
      return answer.json.session.observations;
    }
  });

  it('hands a session over to the next agent right after its end was acknowledged, and once', async () => {
    const place = newPlace();
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', recordedSession('claude-code'), place);
    const ask = (): Promise<{ status: number; text: string }> => organisation.owner.get(`/handoff?agent=codex&cwd=/home/dev/project${query(place)}`);
    const first = await ask();
    expect(first.status).toBe(200);
    expect(first.text).toContain('ai-memory handoff** from claude-code');
    expect(first.text).toContain('Say hello via the tools');
    expect((await ask()).text).toBe('');
  });

  it('gives one of fifty that ask at once the handoff', async () => {
    const place = newPlace();
    await REPLAYS['in batches']!(organisation.owner, 'codex', recordedSession('codex'), place);
    const answers = await Promise.all(Array.from({ length: 50 }, () => organisation.owner.get(`/handoff?agent=claude-code&cwd=/home/dev/project${query(place)}`)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers.filter((answer) => answer.text !== '')).toHaveLength(1);
  });

  it('gives a session that comes to nothing no page, and its handoff back to the next', async () => {
    const place = newPlace();
    await REPLAYS['in batches']!(organisation.owner, 'codex', recordedSession('codex'), place);
    const empty = randomUUID();
    const events = recordedSession('claude-code', empty).filter(({ event }) => event === 'SessionStart' || event === 'SessionEnd');
    const claimed = await organisation.owner.get(`/handoff?agent=claude-code&cwd=/home/dev/project&session_id=${empty}${query(place)}`);
    expect(claimed.text).not.toBe('');
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', events, place);
    await eventually(async () => {
      expect((await organisation.owner.get(`/handoff?agent=gemini-cli&cwd=/home/dev/project${query(place)}`)).text).toContain('from codex');
    });
    expect((await organisation.owner.get(pagePath(place, empty))).status).toBe(404);
  });

  it('finds the session by its words in pages and raw observations', async () => {
    const place = newPlace();
    const word = `zebrafish${randomUUID().slice(0, 6)}`;
    const events = recordedSession('claude-code').map((event) => JSON.parse(JSON.stringify(event).replace('Say hello via the tools', `Say ${word} via the tools`)) as typeof event);
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', events, place);
    await eventually(async () => {
      const answer = await organisation.owner.get<{ hits: { path: string }[]; raw_hits: unknown[] }>(`/api/v1/search?q=what+about+${word}&workspace=${place.workspace}&project=${place.project}`);
      expect(answer.json.hits[0]?.path).toMatch(/^sessions\//);
      expect(answer.json.raw_hits.length).toBeGreaterThan(0);
    });
  });

  it('keeps the wiki in a bare repository that anybody can clone, and whose log tells who, which agent and which session', async () => {
    const [place, sessionId] = [newPlace(), randomUUID()];
    await REPLAYS['event by event']!(organisation.owner, 'codex', recordedSession('codex', sessionId), place);
    const page = await readPage(place, sessionId);
    const folder = join(productOf(topology).dataDir, 'repositories', organisation.organisationId);
    const repositories = readdirSync(folder).map((name) => join(folder, name));
    const repository = repositories.find((each) => readFileSync(join(each, 'description'), 'utf8').includes(`${place.workspace}/${place.project}`))!;
    const clone = join(mkdtempSync(join(tmpdir(), 'clone-')), 'wiki');
    await git('clone', '--quiet', repository, clone);
    const file = readFileSync(join(clone, 'sessions', `${sessionId}.md`), 'utf8');
    expect(file).toContain(page.body.trim());
    expect(file).toMatch(/^---\n/);
    const log = await git('-C', clone, 'log', '--format=%an|%s|%b');
    expect(log).toContain('dev|');
    expect(log).toMatch(/Agent: codex/);
    expect(log).toContain(`Session: ${sessionId}`);
    expect((await git('-C', repository, 'fsck', '--strict', '--full')).trim()).toBe('');
  });

  it('compiles again, once, when something new came after the end', async () => {
    const [place, sessionId] = [newPlace(), randomUUID()];
    const events = withTimes(recordedSession('claude-code', sessionId));
    const late = events.findIndex(({ event }) => event === 'PostToolUse');
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', events.filter((_event, index) => index !== late), place);
    const before = await readPage(place, sessionId);
    await REPLAYS['event by event']!(organisation.owner, 'claude-code', events, place);
    await eventually(async () => expect((await readPage(place, sessionId)).page_id).not.toBe(before.page_id));
    expect(await openHandoffs(place)).toHaveLength(1);
  });

  it('keeps a session in the project where it began, wherever its agent goes', async () => {
    const sessionId = randomUUID();
    const folder = `/home/dev/p-${randomUUID().slice(0, 8)}`;
    const send = (event: string, cwd: string, more: object = {}) => organisation.owner.post(`/hook?event=${event}&agent=claude-code`, { session_id: sessionId, cwd, hook_event_name: event, ...more });
    await send('SessionStart', folder, { source: 'startup' });
    await send('UserPromptSubmit', `${folder}/packages/api`, { prompt: 'Fix the parser', prompt_id: randomUUID() });
    const { json } = await organisation.owner.get<{ projects: { project: string }[] }>('/api/v1/projects');
    expect(json.projects.map((each) => each.project)).toContain(folder.split('/').at(-1));
    expect(json.projects.map((each) => each.project)).not.toContain('api');
  });
});
