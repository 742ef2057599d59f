import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { handoffLog, type Place } from './load.js';
import { type Answer, reasonOf, type Recorder } from './recorder.js';

const EVERY_MS = 100;
const TIMEOUT_MS = 90_000;
const SAID_CHARS = 60;

/** Asks for something once; what was said, and whether that was it. */
export type Probe = (recorder: Recorder, place: Place) => Promise<Probed>;

interface Probed {
  isHad: boolean;
  said: string;
}

const probed = (answer: Pick<Answer, 'status' | 'text'> | undefined, wanted: number): Probed => ({ isHad: answer?.status === wanted, said: answer ? `${answer.status} ${answer.text.slice(0, SAID_CHARS)}` : 'nothing' });

/** What each part of the product is for, asked by somebody who has waited for nothing before. */
export const PROBES = {
  event: async (recorder, { project }) => {
    const id = randomUUID();
    const path = `/hook?event=UserPromptSubmit&agent=probe&workspace=faults&project=${project}&ingest_key=${id}`;
    return probed(await recorder.send('POST', path, { session_id: `probe-${id}`, cwd: '/w/probe', prompt: `probe ${id}` }), 202);
  },
  page: async (recorder, { project }) => {
    const id = randomUUID();
    return probed(await recorder.send('PUT', `/api/v1/workspaces/faults/projects/${project}/pages/probes/${id}.md`, { title: id, body: id }), 201);
  },
  handoff: async (recorder, { handoffs }) => {
    const summary = `probe ${randomUUID()}`;
    const answer = await recorder.record('keep', handoffLog(handoffs), [summary], () => recorder.send('POST', `/api/v1/workspaces/faults/projects/${handoffs}/handoffs`, { summary }), ({ status }) => [{ item: summary, isAcknowledged: status === 201 }]);
    return probed(answer, 201);
  },
  search: async (recorder, { project }) => probed(await recorder.send('GET', `/api/v1/search?q=step&workspace=faults&project=${project}`), 200),
} satisfies Record<string, Probe>;

/** When the first of probes was answered that are begun every 100 ms; none waits for another. */
export async function untilAnswered(probe: Probe, recorder: Recorder, place: Place): Promise<number> {
  let answeredAt: number | undefined;
  const said = new Map<string, number>();
  const note = ({ isHad, said: words }: Probed): void => {
    if (isHad) answeredAt ??= performance.now();
    else said.set(words, (said.get(words) ?? 0) + 1);
  };
  const pending = new Set<Promise<void>>();
  for (const deadline = Date.now() + TIMEOUT_MS; answeredAt === undefined; await rest(EVERY_MS)) {
    if (Date.now() > deadline) throw new Error(`No probe was answered as it should: ${[...said].map(([words, count]) => `${count} times ${words}`).join('; ')}`);
    const asked: Promise<void> = probe(recorder, place).catch((error: unknown) => ({ isHad: false, said: reasonOf(error) })).then(note).finally(() => pending.delete(asked));
    pending.add(asked);
  }
  await Promise.all(pending);
  return answeredAt;
}
