import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Fault, INVALID_INPUT } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { ActivityStreams } from '../activity/activity-streams.service.js';
import { ActivityService, type Happening, HAPPENINGS_MAX } from '../activity/activity.service.js';
import { Requires } from '../auth/requires.js';
import { HappeningView, happeningView } from './activity-view.js';
import { PATH_PARAMS } from './path-params.js';
import { wholeNumber } from './query-values.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const SECONDS_MAX = 600;
const Place = { workspace: PATH_PARAMS.workspace.optional(), project: PATH_PARAMS.project.optional().describe('Name of the project, together with its workspace; all that the caller may read, unless told.') };

const ListActivity = route({
  method: 'GET',
  path: '/activity',
  summary: `What happened last: events that came in, pages that were written. Newest first, at most ${HAPPENINGS_MAX}.`,
  query: Place,
  response: z.object({ happenings: z.array(HappeningView) }),
});

const FollowActivity = route({
  method: 'GET',
  path: '/activity/stream',
  summary: 'The same as server-sent events, each with a `Happening` as its data: the latest first of all, then what is new. Come back when it ends.',
  query: { ...Place, seconds: wholeNumber(1, SECONDS_MAX, SECONDS_MAX).describe('How long it goes on at most.') },
  response: z.instanceof(StreamableFile),
  produces: 'text/event-stream',
});

/** What happens now. */
@Controller()
export class ActivityController {
  constructor(private readonly activity: ActivityService, private readonly streams: ActivityStreams) {}

  @Requires('memory:read')
  @Route(ListActivity)
  async listActivity(scope: TenantScope, { query }: RouteInput<typeof ListActivity>): Promise<RouteAnswer<typeof ListActivity>> {
    return { happenings: (await this.activity.latest(scope, placeOf(query))).map(happeningView) };
  }

  @Requires('memory:read')
  @Route(FollowActivity)
  async followActivity(scope: TenantScope, { query }: RouteInput<typeof FollowActivity>, response: Response): Promise<RouteAnswer<typeof FollowActivity>> {
    const closed = new AbortController();
    response.once('close', () => closed.abort());
    const looks = this.streams.follow(scope, placeOf(query), query.seconds, closed.signal);
    // Asked for before the answer begins, so that what fails at once fails as a problem.
    const first = await looks.next();
    // Proxies that collect answers would keep them back.
    response.set('X-Accel-Buffering', 'no');
    const file = new StreamableFile(Readable.from(messages(first.value ?? [], looks)), { type: 'text/event-stream' });
    return file.setErrorHandler((_error, answer) => answer.destroy?.());
  }
}

function placeOf({ workspace, project }: { workspace?: string; project?: string }): { workspace: string; project: string } | undefined {
  if ((workspace === undefined) !== (project === undefined)) throw new Fault(INVALID_INPUT, { sentence: 'query: send workspace and project, or none of them.' });
  return workspace === undefined ? undefined : { workspace, project: project! };
}

/** As the browsers' EventSource reads them; a comment says that it goes on. */
async function* messages(first: readonly Happening[], looks: AsyncGenerator<Happening[]>): AsyncGenerator<string> {
  yield `: begun\n\n${first.map(message).join('')}`;
  for await (const fresh of looks) yield fresh.length > 0 ? fresh.map(message).join('') : ': nothing new\n\n';
}

function message(happening: Happening): string {
  const view = happeningView(happening);
  return `id: ${view.id}\ndata: ${JSON.stringify(view)}\n\n`;
}
