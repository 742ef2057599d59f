import type { Client, RecordedEvent } from './client.js';
import { hookPath } from './client.js';

export interface Place {
  workspace: string;
  project: string;
}

export function query({ workspace, project }: Place): string {
  return `&workspace=${workspace}&project=${project}&project_src=marker`;
}

/** Ways in which a session's events may reach the server. Each must come to the same thing. */
export const REPLAYS: Record<string, (client: Client, agent: string, events: readonly RecordedEvent[], place: Place) => Promise<void>> = {
  'event by event': (client, agent, events, place) => postEach(client, agent, events, place),
  'in batches': async (client, agent, events, place) => {
    for (let start = 0; start < events.length; start += 5) await postBatch(client, agent, events.slice(start, start + 5), place);
  },
  'every event twice': (client, agent, events, place) => postEach(client, agent, events.flatMap((event) => [event, event]), place),
  'in one batch, twice': async (client, agent, events, place) => {
    await postBatch(client, agent, events, place);
    await postBatch(client, agent, events, place);
  },
  'in another order': (client, agent, events, place) => postEach(client, agent, shuffled(events), place),
  'all at once': async (client, agent, events, place) => {
    await Promise.all(events.map((event) => postEach(client, agent, [event], place)));
  },
};

async function postEach(client: Client, agent: string, events: readonly RecordedEvent[], place: Place): Promise<void> {
  for (const { event, payload } of events) {
    const answer = await client.post(hookPath(agent, event, query(place)), payload);
    if (answer.status !== 202) throw new Error(`${event}: ${answer.status} ${answer.text}`);
  }
}

/** At most 256 events. */
export async function postBatch(client: Client, agent: string, events: readonly RecordedEvent[], place: Place): Promise<void> {
  const items = events.map(({ event, payload }) => ({ url: `http://laptop:1${hookPath(agent, event, query(place))}`, body: payload }));
  const answer = await client.post<{ accepted: number }>('/hook/batch', items);
  if (answer.status !== 200 || answer.json.accepted !== events.length) throw new Error(`batch: ${answer.status} ${answer.text}`);
}

/** The same disorder at every run: ends first, then every third event. */
function shuffled(events: readonly RecordedEvent[]): RecordedEvent[] {
  const order = [2, 0, 1];
  return [...events].reverse().map((event, index) => ({ event, rank: order[index % 3]! })).sort((a, b) => a.rank - b.rank).map(({ event }) => event);
}
