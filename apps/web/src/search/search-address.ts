/** A search as its address says it, so that it can be shared. */
export interface SearchAddress {
  q?: string;
  workspace?: string;
  project?: string;
  kind?: string;
  /** In days before now. */
  days?: number;
  explain?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 2_000) : typeof value === 'number' ? String(value) : undefined);

export function searchFrom(search: Record<string, unknown>): SearchAddress {
  const days = Number(search.days);
  const all = { q: text(search.q), workspace: text(search.workspace), project: text(search.project), kind: text(search.kind), days: days > 0 && days <= 3_650 ? days : undefined, explain: search.explain === true ? true : undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
