import { expect, it } from 'vitest';
import { scopeOfService } from '#libs/tenancy';
import { GatheringService } from './gathering.service.js';
import type { IndexingService } from './indexing.service.js';

const scope = scopeOfService('00000000-0000-4000-8000-000000000001', 'search');

/** What was asked of the index; taking in together fails for sessions named `broken`. */
function gathering(): { service: GatheringService; together: Record<string, number>[]; alone: string[] } {
  const [together, alone]: [Record<string, number>[], string[]] = [[], []];
  const indexing = {
    indexSessions: async (_scope: unknown, _projectId: string, upTo: ReadonlyMap<string, number>) => {
      together.push(Object.fromEntries(upTo));
      if (upTo.has('broken')) throw new Error('broken');
    },
    indexSession: async (_scope: unknown, _projectId: string, sessionId: string) => {
      alone.push(sessionId);
      if (sessionId === 'broken') throw new Error('broken');
    },
  };
  return { service: new GatheringService(indexing as unknown as IndexingService), together, alone };
}

it('takes in together what is announced of a project at the same time, each session as far as it was told of', async () => {
  const { service, together, alone } = gathering();
  await Promise.all([service.add(scope, 'p', 'one', 3), service.add(scope, 'p', 'two', 1), service.add(scope, 'p', 'one', 2), service.add(scope, 'other', 'three', 1)]);
  expect(together).toEqual([{ one: 3, two: 1 }, { three: 1 }]);
  await service.add(scope, 'p', 'one', 4);
  expect(together.at(-1)).toEqual({ one: 4 });
  expect(alone).toEqual([]);
});

it('takes in no more than sixteen at a time', async () => {
  const { service, together } = gathering();
  await Promise.all(Array.from({ length: 40 }, (_, session) => service.add(scope, 'p', `session ${session}`, 1)));
  expect(together.map((upTo) => Object.keys(upTo).length)).toEqual([16, 16, 8]);
});

it('fails for the one alone that cannot be taken in', async () => {
  const { service, alone } = gathering();
  const results = await Promise.allSettled(['one', 'broken', 'two'].map((session) => service.add(scope, 'p', session, 1)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(alone.sort()).toEqual(['broken', 'one', 'two']);
});
