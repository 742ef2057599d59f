import { setTimeout as rest } from 'node:timers/promises';
import { type Cell, inflict, type Lengths } from './cells.js';
import { type Violation, violationsOf } from './history.js';
import { type Installation, SERVICES, type Service } from './installation.js';
import { Load, type Workers } from './load.js';
import { type Probe, PROBES, untilAnswered } from './probes.js';
import { readStored } from './reading.js';
import { type Answer, Recorder } from './recorder.js';
import { Seeded } from './seeded.js';
import { shrink, told } from './shrink.js';

const SETTLED_TIMEOUT_MS = 90_000;
const WARM_TIMEOUT_MS = 60_000;
/** Of one request after all is over, for as slow a machine as there may be. */
const READ_TIMEOUT_MS = 30_000;
const POLL_MS = 100;

/** Until the target serves again, and until an event is acknowledged; milliseconds. */
export interface Recovery {
  recoveredMs: number;
  firstEventMs: number;
}

export interface CycleResult {
  acknowledged: number;
  violations: Violation[];
  /** Each violation as a short history. */
  words: string[];
  /** Of each cell. */
  recoveries: Recovery[];
  unmannerly: ReadonlyMap<string, number>;
  /** What the services logged meanwhile as their own fault, but for that others were away. */
  regretted: string[];
}

/** When a cell's strike and what follows may begin: at once, where no other installation is struck beside this one. */
export type InTurn = (cell: Cell, recovery: () => Promise<Recovery>) => Promise<Recovery>;

const AT_ONCE: InTurn = (_, recovery) => recovery();

/** Puts a load on an installation, does what the cells say one after the other while it is on, and compares what clients were told with what is there. */
export async function runCycle(on: Installation, cells: readonly Cell[], seed: number, lengths: Lengths, workers: Workers, inTurn = AT_ONCE): Promise<CycleResult> {
  const seeded = new Seeded(seed);
  const saidBefore = on.product.output().length;
  const recorder = new Recorder(on.url, on.product.token);
  const name = seeded.name();
  const load = new Load(recorder, { project: `p-${name}`, handoffs: `h-${name}` }, seeded);
  await prepare(recorder, load);
  load.start(workers);
  await eventually(() => load.sessions.length > 0 && recorder.attempts.filter(({ isAcknowledged }) => isAcknowledged).length >= 20, WARM_TIMEOUT_MS, 'The load did not begin');
  const recoveries: Recovery[] = [];
  for (const cell of cells) recoveries.push(await inTurn(cell, () => recoveryFrom(cell, on, lengths, recorder, load)));
  await load.stop();
  await Promise.all(SERVICES.map((service) => eventually(() => isReady(on, service), SETTLED_TIMEOUT_MS, `${service} does not become ready`)));
  const reader = new Recorder(on.product.url, on.product.token, READ_TIMEOUT_MS);
  await settled(reader, load);
  const stored = await readStored(reader, load, on.dataDir);
  const attempts = recorder.attempts;
  const violations = violationsOf(attempts, stored);
  return {
    acknowledged: attempts.filter(({ isAcknowledged }) => isAcknowledged).length,
    violations, words: violations.map((violation) => told(violation, shrink(attempts, stored, violation))),
    recoveries, unmannerly: recorder.unmannerly, regretted: on.product.output().slice(saidBefore).split('\n').filter(isRegretted),
  };
}

const isRegretted = (line: string): boolean => /"level":[56]0/.test(line) && !/"kind":"(unavailable|timeout)"/.test(line);

async function recoveryFrom(cell: Cell, on: Installation, lengths: Lengths, recorder: Recorder, load: Load): Promise<Recovery> {
  const from = await inflict(cell, on, lengths);
  const [recoveredAt, firstEventAt] = await Promise.all([recovered(on, recorder, load, cell), untilAnswered(PROBES.event, recorder, load.place)]);
  return { recoveredMs: recoveredAt - from, firstEventMs: firstEventAt - from };
}

/** Projects are there before anything is done to anybody, as none of the load would make them. */
async function prepare(recorder: Recorder, { place }: Load): Promise<void> {
  for (const project of [place.project, place.handoffs]) {
    await eventually(async () => (await recorder.send('PUT', `/api/v1/workspaces/faults/projects/${project}`)).status < 300, WARM_TIMEOUT_MS, 'No project could be made');
  }
}

/** When the target says that it is ready, and does what it is for. */
async function recovered(on: Installation, recorder: Recorder, load: Load, { target }: Cell): Promise<number> {
  const probe: Probe = { gateway: PROBES.event, ingest: PROBES.event, compiler: PROBES.handoff, search: PROBES.search, 'wiki-git': PROBES.page, postgres: PROBES.event, nats: PROBES.event }[target];
  const served = await untilAnswered(probe, recorder, load.place);
  if (!SERVICES.includes(target as Service)) return served;
  await eventually(() => isReady(on, target as Service), SETTLED_TIMEOUT_MS, `${target} does not become ready`);
  return performance.now();
}

async function isReady(on: Installation, service: Service): Promise<boolean> {
  const answer = await fetch(on.readyUrl(service), { signal: AbortSignal.timeout(3_000) });
  await answer.text();
  return answer.status === 200;
}

/** Each session is compiled and found: what follows from acknowledged events is made up for. */
async function settled(reader: Recorder, { place, sessions }: Load): Promise<void> {
  for (const id of sessions) {
    const page = `/api/v1/workspaces/faults/projects/${place.project}/pages/sessions/${id}.md`;
    const search = `/api/v1/search?q=%22${id}%22&workspace=faults&project=${place.project}`;
    await untilSaid(reader, page, ({ status }) => status === 200);
    await untilSaid(reader, search, ({ json }) => (json as { hits?: { path: string }[] }).hits?.some(({ path }) => path === `sessions/${id}.md`) ?? false);
  }
}

async function untilSaid(reader: Recorder, path: string, isSo: (answer: Answer) => boolean): Promise<void> {
  let said = '';
  await eventually(async () => {
    const answer = await reader.send('GET', path);
    said = `${answer.status} ${answer.text.slice(0, 500)}`;
    return isSo(answer);
  }, SETTLED_TIMEOUT_MS, () => `What follows has not followed: ${path}: ${said}`);
}

/** What fails counts as not yet so. */
async function eventually(isSo: () => Promise<boolean> | boolean, timeoutMs: number, complaint: string | (() => string)): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await Promise.resolve().then(isSo).catch(() => false)); await rest(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(typeof complaint === 'string' ? complaint : complaint());
  }
}
