import type { Bus } from '#libs/bus';
import { type Observation, type OutputOf, ReadTimeline } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';

/** All observations of a session up to a generation, in the order of the story; a bounded number of them in memory. */
export async function* readTimeline(bus: Bus, scope: TenantScope, { sessionId, generation }: { sessionId: string; generation: number }): AsyncGenerator<Observation> {
  for (let offset: number | null = 0; offset !== null; ) {
    const chunk: OutputOf<typeof ReadTimeline> = await bus.ask(scope, ReadTimeline, { sessionId, generation, offset });
    yield* chunk.observations;
    offset = chunk.nextOffset;
  }
}
