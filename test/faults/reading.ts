import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { Stored, StoredLog } from './history.js';
import { handoffLog, type Load, pageLog, sessionLog } from './load.js';
import { reasonOf, type Recorder } from './recorder.js';

const PAGE = 200;
const ATTEMPTS_MAX = 5;
const ASK_AGAIN_MS = 1_000;
const NO_ANSWER = 0;
const HANDOFF_STATES = ['open', 'accepted', 'expired'] as const;

/** What is there of a load, by the public door, and by git itself. */
export async function readStored(door: Recorder, load: Load, dataDir: string): Promise<Stored> {
  const sessions = await Promise.all(load.sessions.map(async (id): Promise<[string, StoredLog]> => [sessionLog(id), { items: await eventsOf(door, id), isOrdered: true }]));
  const pages = load.pages.length === 0 ? [] : await pagesOf(door, load, dataDir);
  return { ...Object.fromEntries([...sessions, ...pages]), [handoffLog(load.place.handoffs)]: { items: await handoffsOf(door, load.place.handoffs), isOrdered: false } };
}

/** In the order in which they came in, whatever the clocks said. */
async function eventsOf(door: Recorder, id: string): Promise<string[]> {
  const found: { sequence: number; body: string }[] = [];
  for (;;) {
    const { json } = await asked<{ observations: { sequence: number; body: string }[] }>(door, `/api/v1/sessions/${id}/observations?kinds=user-prompt&limit=${PAGE}&offset=${found.length}`);
    found.push(...json.observations);
    if (json.observations.length < PAGE) return found.toSorted((a, b) => a.sequence - b.sequence).map(({ body }) => body);
  }
}

async function pagesOf(door: Recorder, { place, pages }: Load, dataDir: string): Promise<[string, StoredLog][]> {
  const { json: { project } } = await asked<{ project: { project_id: string } }>(door, `/api/v1/workspaces/faults/projects/${place.project}`);
  const repository = repositoryOf(dataDir, project.project_id);
  return Promise.all(pages.map(async (path): Promise<[string, StoredLog]> => {
    const { json: { page } } = await asked<{ page: { body: string } }>(door, `/api/v1/workspaces/faults/projects/${place.project}/pages/${path}`);
    const versions = git(repository, 'log', '--reverse', '--first-parent', '--format=%H', 'main', '--', path).split('\n').filter(Boolean).map((commit) => bodyOf(git(repository, 'show', `${commit}:${path}`)));
    return [pageLog(path), { items: versions, isOrdered: true, shown: page.body.trim(), inGit: versions.at(-1) ?? '' }];
  }));
}

async function handoffsOf(door: Recorder, project: string): Promise<string[]> {
  const lists = await Promise.all(HANDOFF_STATES.map((state) => handoffsIn(door, project, state)));
  return lists.flat();
}

interface HandoffList {
  handoffs: { summary: string }[];
  next_cursor: string | null;
}

async function handoffsIn(door: Recorder, project: string, state: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/api/v1/workspaces/faults/projects/${project}/handoffs?state=${state}&limit=${PAGE}${cursor && `&cursor=${cursor}`}`;
    const { json: list }: { json: HandoffList } = await asked<HandoffList>(door, path);
    found.push(...list.handoffs.map(({ summary }) => summary));
    cursor = list.next_cursor;
  }
  return found;
}

/** Asks again, as clients should, where the answer is that the time is wrong, or there is none: a connection that had been idle may be closed just then. */
async function asked<T>(door: Recorder, path: string): Promise<{ json: T }> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await door.send<T>('GET', path).catch((error: unknown) => ({ status: NO_ANSWER, text: reasonOf(error) }));
    if (answer.status === 200 && 'json' in answer) return answer;
    if ((answer.status !== 503 && answer.status !== NO_ANSWER) || attempt === ATTEMPTS_MAX) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    await rest(ASK_AGAIN_MS);
  }
}

export function repositoryOf(dataDir: string, projectId: string): string {
  const root = join(dataDir, 'repositories');
  return readdirSync(root).map((organisation) => join(root, organisation, `${projectId}.git`)).find((path) => existsSync(path))!;
}

function git(repository: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repository, '-c', 'safe.directory=*', ...args], { stdio: 'pipe' }).toString();
}

/** Without its frontmatter. */
function bodyOf(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/, '').trim();
}
