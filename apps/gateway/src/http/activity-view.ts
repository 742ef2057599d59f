import { z } from 'zod';
import { ObservationKind } from '#libs/contracts';
import { type Happening, happeningId } from '../activity/activity.service.js';
import { ScopeView, scopeView } from './project-view.js';

const Told = { id: z.uuid().describe('The same in every answer that tells of it.'), at: z.iso.datetime().describe('When it was stored.'), scope: ScopeView };

export const HappeningView = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), ...Told, session_id: z.uuid(), sequence: z.int(), kind: ObservationKind, title: z.string(), agent: z.string(), owner: z.string() }),
  z.object({ type: z.literal('page'), ...Told, path: z.string(), title: z.string(), agent: z.string().nullable(), author: z.string() }),
]).meta({ id: 'Happening' });

export function happeningView(happening: Happening): z.output<typeof HappeningView> {
  const told = { id: happeningId(happening), at: happening.at, scope: scopeView(happening.project) };
  if (happening.type === 'page') {
    const { path, title, agent, author } = happening.page;
    return { type: 'page', ...told, path, title, agent, author };
  }
  const { sessionId, sequence, kind, title, agent, ownerName } = happening.event;
  return { type: 'event', ...told, session_id: sessionId, sequence, kind, title, agent, owner: ownerName };
}
