import { CAPTURE_BYTES_MAX, type Observation } from '#libs/contracts';
import { compileSession, renderHandoff, type SessionFacts } from './compile-session.js';

/**
 * `npm run bench:compile`: rule-compiles made-up sessions, whose observations are made one by one and never held, and
 * prints CPU seconds and the peak of the heap in use. Memory must follow neither the number of events nor their size.
 */
const RUNS: readonly { events: number; bytesEach: number }[] = [
  { events: 5_000, bytesEach: 400 }, { events: 5_000, bytesEach: 2_000 }, { events: 5_000, bytesEach: CAPTURE_BYTES_MAX.prompt }, { events: 50_000, bytesEach: 2_000 },
];
const SAMPLE_EVERY = 250;
const STARTED_MS = Date.parse('2026-11-22T08:00:00.000Z');
const FACTS: SessionFacts = {
  sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11', nativeSessionId: 'bench', agent: 'claude-code', ownerName: 'Ana', cwd: '/home/dev/shop', model: null,
  startedAt: new Date(STARTED_MS).toISOString(), endedAt: null, endReason: null, workspace: 'default', project: 'bench', generation: 0,
};

/** A day's work over and over, of texts as long as are stored: an ask, reads, edits, a failing test, a passing one, a commit, an answer. */
function observationAt(index: number, bytesEach: number): Observation {
  const round = Math.floor(index / 10);
  const bytes = Math.min(bytesEach, index % 10 === 0 ? CAPTURE_BYTES_MAX.prompt : CAPTURE_BYTES_MAX.excerpt);
  const filler = ` line ${index} of what was printed here\n`.repeat(Math.ceil(bytes / 30)).slice(0, bytes - 200);
  const common = { sourceEvent: 'bench', occurredAt: new Date(STARTED_MS + index * 1_000).toISOString(), title: '', body: '', isSubagent: false, observationId: FACTS.sessionId, sequence: index + 1 };
  const tool = (family: 'shell' | 'read' | 'edit', fields: { command?: string; path?: string; excerpt?: string }): Observation =>
    ({ ...common, kind: 'post-tool-use', tool: { name: family, family, outcome: 'unknown', excerpt: filler, ...fields } });
  switch (index % 10) {
    case 0: return { ...common, kind: 'user-prompt', body: `Change module ${round} to use the queue, never the timer.\n\n${filler}` };
    case 1: case 2: return tool('read', { path: `src/module-${round}/${index}.ts` });
    case 3: case 4: case 6: return tool('edit', { path: `src/module-${round % 700}/index.ts` });
    case 5: return tool('shell', { command: `npm test -- module-${round}`, excerpt: `${filler}\n FAIL module-${round}\n Tests  1 failed | 2 passed (3)` });
    case 7: return tool('shell', { command: `npm test -- module-${round}`, excerpt: `${filler}\n Tests  3 passed (3)` });
    case 8: return tool('shell', { command: `git commit -m "module ${round}"`, excerpt: `[main ${String(round).padStart(7, '0')}] module ${round}` });
    default: return { ...common, kind: 'stop', body: `Module ${round} failed because of the timer; it uses the queue now.\n\n${filler}` };
  }
}

const peak = { heapBytes: 0 };

function* observations(events: number, bytesEach: number): Generator<Observation> {
  for (let index = 0; index < events; index++) {
    if (index % SAMPLE_EVERY === 0) sample();
    yield observationAt(index, bytesEach);
  }
  sample();
}

/** What is in use, without garbage where node was started with --expose-gc. */
function sample(): void {
  globalThis.gc?.();
  peak.heapBytes = Math.max(peak.heapBytes, process.memoryUsage().heapUsed);
}

async function measure(events: number, bytesEach: number): Promise<Record<string, number>> {
  // What making the events and taking samples costs is no part of compiling them.
  const making = process.cpuUsage();
  for (const _ of observations(events, bytesEach));
  const { user: makingUser, system: makingSystem } = process.cpuUsage(making);
  peak.heapBytes = 0;
  const before = process.cpuUsage();
  const compiled = await compileSession({ session: FACTS, observations: observations(events, bytesEach) });
  const { user, system } = process.cpuUsage(before);
  if (compiled.kind === 'ephemeral') throw new Error('The session left nothing.');
  const handoff = renderHandoff({ fromAgent: 'bench', endedAt: compiled.page.frontmatter['ended'] as string, sessionId: null, trust: 'tool', content: compiled.handoff }, new Date());
  return {
    events, bytesEach, cpuSeconds: (user + system - makingUser - makingSystem) / 1e6, heapPeakMiB: peak.heapBytes / 2 ** 20,
    pageBytes: Buffer.byteLength(compiled.page.body), handoffTokens: Math.ceil(handoff.length / 4),
  };
}

for (const { events, bytesEach } of RUNS) process.stdout.write(`${JSON.stringify(await measure(events, bytesEach))}\n`);
