import { z } from 'zod';
import { DocumentKind, type InputOf, SEARCH_CURSOR_CHARS_MAX, type SearchMemories } from '#libs/contracts';

const VALUES_MAX = 20;
const textOf = (charsMax: number) => z.string().min(1).max(charsMax);

const DayOrTime = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** A day, or a time of it, of a year that Postgres knows. */
export const Moment = z.string().refine((text) => DayOrTime.safeParse(text).success && !text.startsWith('0000'), 'must be a day, or a time in RFC 3339');

/** What may be asked besides the words, as items; each door says how several of them are written. */
export const SEARCH_ITEMS = { kind: DocumentKind, agent: textOf(64), user: textOf(200), path: textOf(512) };
export const SEARCH_CURSOR = textOf(SEARCH_CURSOR_CHARS_MAX);

/** The same in JSON. */
export const SEARCH_FIELDS = {
  kinds: z.array(SEARCH_ITEMS.kind).max(VALUES_MAX).optional(),
  agents: z.array(SEARCH_ITEMS.agent).max(VALUES_MAX).optional(),
  users: z.array(SEARCH_ITEMS.user).max(VALUES_MAX).optional(),
  paths: z.array(SEARCH_ITEMS.path).max(VALUES_MAX).optional(),
  after: Moment.optional(),
  before: Moment.optional(),
  as_of: Moment.optional(),
  include_superseded: z.boolean().optional(),
  pin_first: z.boolean().optional(),
  explain: z.boolean().optional(),
  cursor: SEARCH_CURSOR.optional(),
};

export type SearchFields = z.output<z.ZodObject<typeof SEARCH_FIELDS>>;

/** All that is asked of search but the words and the projects. */
export function searchInput(fields: SearchFields): Omit<InputOf<typeof SearchMemories>, 'projectIds' | 'query' | 'limit'> {
  const { kinds, agents, users, paths, cursor } = fields;
  return {
    kinds, agents, users, paths, cursor, from: timeOf(fields.after), until: timeOf(fields.before), asOf: timeOf(fields.as_of),
    isSupersededEqual: fields.include_superseded ?? false, isExplained: fields.explain ?? false,
  };
}

/** A day begins in UTC. */
function timeOf(moment: string | undefined): string | undefined {
  return moment?.length === 10 ? `${moment}T00:00:00Z` : moment;
}
