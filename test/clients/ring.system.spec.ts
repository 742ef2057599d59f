import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { eventually } from '#libs/testing';
import { Client } from '../system/client.js';
import { TOPOLOGIES, type Topology } from '../system/product.js';
import type { AgentHome } from './agent-home.js';
import { claudeCode } from './programs/claude-code.js';
import { codex } from './programs/codex.js';
import { geminiCli } from './programs/gemini-cli.js';
import { opencode } from './programs/opencode.js';
import { PREPARATION_TIMEOUT_MS, type Surroundings, surroundingsOf } from './surroundings.js';

/** Without being asked for all, the two that are smallest to fetch, in one topology. */
const isWhole = process.env.TEST_CLIENTS === 'all';
const RING = isWhole ? [claudeCode, codex, opencode, geminiCli] : [geminiCli, opencode];
const WHERE: readonly Topology[] = isWhole ? TOPOLOGIES : ['standalone'];
/** Programs for other systems are in packages of other names, which nobody has tried. */
const isTriable = process.platform === 'linux' && process.arch === 'x64';

/** Each hands over to the next, and the last to the first. */
const SESSIONS = [...RING, RING[0]!].map(({ agent }, index) => ({ number: index + 1, agent, previous: RING[index - 1]?.agent ?? 'nobody', prompt: promptOf(index + 1) }));
type Session = (typeof SESSIONS)[number];

const PROJECT = { workspace: 'default', project: 'acme-shed' };
const PLACE = `/api/v1/workspaces/${PROJECT.workspace}/projects/${PROJECT.project}`;
const HANDOFF = /ai-memory handoff\*\* from ([a-z-]+)/g;
/** A drainer may just have begun to wait. */
const ARRIVAL_TIMEOUT_MS = 30_000;

interface Observation {
  kind: string;
  body: string;
  tool?: { name: string; command?: string };
}

interface SessionView {
  session_id: string;
  agent: string;
  started_at: string;
  ended_at: string | null;
}

function promptOf(number: number): string {
  return `Paint bicycle shed number ${number} green`;
}

describe.runIf(isTriable).each(WHERE)('real agents, %s', (topology) => {
  let here: Surroundings;
  let owner: Client;
  const home = (agent: string): AgentHome => here.homes.get(agent)!;

  beforeAll(async () => {
    here = await surroundingsOf(RING, topology);
    owner = new Client(here.product.url, here.product.token);
  }, PREPARATION_TIMEOUT_MS);

  afterAll(() => here?.leave());

  it('meet a server that asks for a token', async () => {
    expect((await new Client(here.product.url, undefined).get('/api/v1/projects')).status).toBe(401);
  });

  it.each(RING)('$agent is wired by setup alone, and its files are byte for byte as they were when that is taken back', async ({ agent }) => {
    for (const path of await setUp(agent)) expect(home(agent).read(path), path).not.toBe(home(agent).original(path));
    await home(agent).ask(['uninstall', '--apply']);
    for (const path of home(agent).paths) expect(home(agent).read(path), path).toBe(home(agent).original(path));
    await setUp(agent);
  });

  it.each(SESSIONS)('session $number, of $agent, is told what $previous left, calls a tool of ours, and is captured once', async (session) => {
    const { number, agent } = session;
    here.model.play({
      command: `echo lantern-${number}`,
      mcp: { tool: 'memory_write_page', args: { ...PROJECT, path: `notes/shed-${number}.md`, body: `Shed ${number} is green.` } },
      answer: `Shed ${number} is painted.`,
    });
    const ran = await home(agent).session(session.prompt);
    onTestFailed(() => console.error(ran.stdout, ran.stderr, here.model.askedBesides, here.product.output().slice(-4_000)));
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining(`Shed ${number} is painted.`)]);
    expect(here.model.askedBesides).toEqual([]);
    expectTold(session);
    await expectPage(number);
    await eventually(() => expectCaptured(session), ARRIVAL_TIMEOUT_MS);
    expect((await sessionOf(session)).ended_at).not.toBeNull();
  });

  it('nothing of which is captured again later', async () => {
    for (const { agent } of RING) expect(await home(agent).ask(['drain'])).toMatchObject({ homes: [{ left: 0 }] });
    expect(await sessions()).toHaveLength(SESSIONS.length);
    for (const session of SESSIONS) await expectCaptured(session);
  });

  it.each(RING)('$agent loses nothing but ours by uninstall after its sessions', async ({ agent, rewrites }) => {
    await home(agent).ask(['uninstall', '--apply']);
    for (const path of home(agent).paths.filter((each) => !rewrites.includes(each))) expect(home(agent).read(path), path).toBe(home(agent).original(path));
    for (const path of rewrites) {
      expect(JSON.parse(home(agent).read(path)!)).toMatchObject(JSON.parse(home(agent).original(path)!) as object);
      expect(home(agent).read(path)).not.toContain('ai-memory');
    }
  });

  /** Gives the files that were changed. */
  async function setUp(agent: string): Promise<readonly string[]> {
    const answer = await home(agent).setUp(here.product);
    expect(answer).toMatchObject({ agents: [{ agent, refusals: [], to_do: [] }] });
    return home(agent).paths;
  }

  function expectTold({ previous, prompt, number }: Session): void {
    const { input } = here.model.asked[0]!;
    expect(input).toContain(prompt);
    expect([...input.matchAll(HANDOFF)].map(([, from]) => from)).toEqual(number === 1 ? [] : [previous]);
    if (number > 1) expect(input).toContain(promptOf(number - 1));
    else expect(input).not.toContain(promptOf(number - 1));
  }

  async function expectPage(number: number): Promise<void> {
    expect(here.model.asked.at(-1)!.results.at(-1)).toMatch(/: written, page_id|"outcome":"written"/);
    const answer = await owner.get<{ page: { body: string } }>(`${PLACE}/pages/notes/shed-${number}.md`);
    expect(answer.json.page.body).toContain(`Shed ${number} is green.`);
  }

  /** Its start, its prompt, each call of a tool, its answer and its end: each once, and nothing else. */
  async function expectCaptured(session: Session): Promise<void> {
    const { tools } = home(session.agent).program;
    const { json } = await owner.get<{ observations: Observation[] }>(`/api/v1/sessions/${(await sessionOf(session)).session_id}/observations`);
    expect(json.observations.map(({ kind, tool }) => tool?.name ?? kind)).toEqual(['session-start', 'user-prompt', ...tools, 'stop', 'session-end']);
    expect(json.observations[1]!.body).toContain(session.prompt);
    expect(json.observations[2]!.tool!.command).toBe(`echo lantern-${session.number}`);
  }

  async function sessions(): Promise<SessionView[]> {
    const { json } = await owner.get<{ sessions: SessionView[] }>(`${PLACE}/sessions`);
    return json.sessions.toSorted((one, other) => one.started_at.localeCompare(other.started_at));
  }

  async function sessionOf({ number, agent }: Session): Promise<SessionView> {
    const found = (await sessions())[number - 1];
    expect(found).toMatchObject({ agent });
    return found!;
  }
});
