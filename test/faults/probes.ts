import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { handoffLog, type Place } from './load.js';
import type { Recorder } from './recorder.js';

const EVERY_MS = 100;
const TIMEOUT_MS = 90_000;

/** Asks for something once; true where it was had. */
export type Probe = (recorder: Recorder, place: Place) => Promise<boolean>;

/** What each part of the product is for, asked by somebody who has waited for nothing before. */
export const PROBES = {
  event: async (recorder, { project }) => {
    const id = randomUUID();
    const { status } = await recorder.send('POST', `/hook?event=UserPromptSubmit&agent=probe&workspace=faults&project=${project}&ingest_key=${id}`, { session_id: `probe-${id}`, cwd: '/w/probe', prompt: `probe ${id}` });
    return status === 202;
  },
  page: async (recorder, { project }) => {
    const id = randomUUID();
    return (await recorder.send('PUT', `/api/v1/workspaces/faults/projects/${project}/pages/probes/${id}.md`, { title: id, body: id })).status === 201;
  },
  handoff: async (recorder, { handoffs }) => {
    const summary = `probe ${randomUUID()}`;
    const answer = await recorder.record('keep', handoffLog(handoffs), [summary], () => recorder.send('POST', `/api/v1/workspaces/faults/projects/${handoffs}/handoffs`, { summary }), ({ status }) => [{ item: summary, isAcknowledged: status === 201 }]);
    return answer?.status === 201;
  },
  search: async (recorder, { project }) => (await recorder.send('GET', `/api/v1/search?q=step&workspace=faults&project=${project}`)).status === 200,
} satisfies Record<string, Probe>;

/** When the first of probes was answered that are begun every 100 ms; none waits for another. */
export async function untilAnswered(probe: Probe, recorder: Recorder, place: Place): Promise<number> {
  let answeredAt: number | undefined;
  const pending = new Set<Promise<void>>();
  for (const deadline = Date.now() + TIMEOUT_MS; answeredAt === undefined; await rest(EVERY_MS)) {
    if (Date.now() > deadline) throw new Error('No probe was answered');
    const asked: Promise<void> = probe(recorder, place).then((isHad) => void (isHad && (answeredAt ??= performance.now())), () => undefined).finally(() => pending.delete(asked));
    pending.add(asked);
  }
  await Promise.all(pending);
  return answeredAt;
}
