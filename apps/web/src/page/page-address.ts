export type PageView = 'read' | 'raw' | 'blame' | 'history' | 'edit';
const VIEWS: readonly PageView[] = ['raw', 'blame', 'history', 'edit'];

/** What of a page is shown, as the address says. */
export interface PageAddress {
  view?: PageView;
  /** A commit: the page as it was, or the version that history compares with the one before. */
  at?: string;
}

export function pageViewFrom(search: Record<string, unknown>): PageAddress {
  const view = VIEWS.find((each) => each === search.view);
  const at = typeof search.at === 'string' && /^[0-9a-f]{40}$/.test(search.at) ? search.at : undefined;
  return { ...(view ? { view } : {}), ...(at ? { at } : {}) };
}

/** Where a new page shall lie, as whoever leads there proposes. */
export function newPageFrom({ path }: Record<string, unknown>): { path?: string } {
  return typeof path === 'string' && path !== '' ? { path: path.slice(0, 512) } : {};
}
