import { describe, expect, it } from 'vitest';
import { scopeForTest } from '#libs/testing';
import { ActivityStreams } from './activity-streams.service.js';
import type { ActivityService, Happening } from './activity.service.js';
import { freshHappenings } from './fresh-happenings.js';

const OF_USER_MAX = 6;
const scope = scopeForTest();
const never = (): AbortSignal => new AbortController().signal;

function page(id: string): Happening {
  return { type: 'page', at: '2026-11-20T09:00:00.000Z', page: { pageId: id } } as unknown as Happening;
}

function streamsOf(...answers: Happening[][]): ActivityStreams {
  return new ActivityStreams({ latest: async () => answers.shift() ?? [] } as unknown as ActivityService);
}

const ids = (told: Happening[] | void): string[] => (told ?? []).map((each) => (each.type === 'page' ? each.page.pageId : ''));

describe('a stream of activity', () => {
  it('tells the latest first of all, then only what is new, each time the oldest first', async () => {
    const answers = [[page('b'), page('a')], [page('c'), page('b'), page('a')]];
    const stream = freshHappenings(async () => answers.shift()!, never(), 0);
    expect(ids((await stream.next()).value)).toEqual(['a', 'b']);
    expect(ids((await stream.next()).value)).toEqual(['c']);
  });

  it('is refused where a user has too many, until one of them is closed', () => {
    const streams = streamsOf();
    const closed = new AbortController();
    streams.follow(scope, undefined, 600, closed.signal);
    for (let open = 1; open < OF_USER_MAX; open += 1) streams.follow(scope, undefined, 600, never());
    expect(() => streams.follow(scope, undefined, 600, never())).toThrow('Too many streams');
    closed.abort();
    expect(() => streams.follow(scope, undefined, 600, never())).not.toThrow();
  });

  it('ends when the gateway stops', async () => {
    const streams = streamsOf([page('a')]);
    const stream = streams.follow(scope, undefined, 600, never());
    await stream.next();
    const next = stream.next();
    streams.beforeApplicationShutdown();
    expect((await next).done).toBe(true);
  });
});
