import type { Observation } from '#libs/contracts';

/** An observation and its place in its session's story, from 1: what `[#n]` on every page means, whoever wrote the page. */
export interface Placed {
  readonly place: number;
  readonly observation: Observation;
}

/** `observations` are all of a session's, in the order of the story: `occurredAt`, then `sequence`. */
export async function* placed(observations: AsyncIterable<Observation> | Iterable<Observation>): AsyncGenerator<Placed> {
  let place = 0;
  for await (const observation of observations) yield { place: ++place, observation };
}
