export const FILTERS = ['all', 'prompts', 'tools', 'files', 'errors', 'agents'] as const;
export type Filter = (typeof FILTERS)[number];

export interface SessionAddress {
  filter?: Filter;
  q?: string;
  /** The event that a link leads to, by its sequence. */
  event?: number;
  /** The same by its place among all events, from 1: as pages cite it. */
  nth?: number;
}

export function sessionFrom(search: Record<string, unknown>): SessionAddress {
  const filter = FILTERS.find((each) => each === search.filter && each !== 'all');
  const q = typeof search.q === 'string' && search.q !== '' ? search.q.slice(0, 512) : undefined;
  const event = Number.isInteger(search.event) ? (search.event as number) : undefined;
  const nth = Number.isInteger(search.nth) ? (search.nth as number) : undefined;
  return { ...(nth !== undefined ? { nth } : {}), ...(filter ? { filter } : {}), ...(q ? { q } : {}), ...(event !== undefined ? { event } : {}) };
}
