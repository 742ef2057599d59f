import type { OutputOf, PageTrust, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { PRECONDITION_FAILED } from './pages.faults.js';
import type { PreparedChange, PreparedDelete, PreparedWrite } from './prepared-write.js';

/** The version of a page that is there now. */
export interface CurrentVersion {
  readonly pageId: string;
  readonly blob: string;
  readonly trust: PageTrust;
  /** Sessions are told it unasked. */
  readonly isBinding: boolean;
}

type Outcome = OutputOf<typeof WritePages>['pages'][number]['outcome'];

export interface WriteDecision {
  /** What really changes; where both are empty there is nothing to commit. */
  readonly writes: readonly PreparedWrite[];
  readonly deletes: readonly PreparedDelete[];
  /** One per page asked for, in the order asked. */
  readonly outcomes: readonly { readonly path: string; readonly outcome: Outcome }[];
}

/** Throws PRECONDITION_FAILED where any page is not what the writer expected: all is written, or nothing. */
export function decideWrite(change: PreparedChange, current: ReadonlyMap<string, CurrentVersion>): WriteDecision {
  for (const page of [...change.writes, ...change.deletes]) refuseUnexpected(page, current.get(page.path));
  const isChanged = (page: PreparedWrite): boolean => current.get(page.path)?.blob !== page.blob;
  const isThere = (page: PreparedDelete): boolean => current.has(page.path);
  return {
    writes: change.writes.filter(isChanged),
    deletes: change.deletes.filter(isThere),
    outcomes: [
      ...change.writes.map((page) => ({ path: page.path, outcome: isChanged(page) ? writtenAs(page) : 'unchanged' as const })),
      ...change.deletes.map((page) => ({ path: page.path, outcome: isThere(page) ? 'deleted' as const : 'absent' as const })),
    ],
  };
}

function refuseUnexpected(page: PreparedDelete & { isCreateOnly?: boolean }, current: CurrentVersion | undefined): void {
  if (page.expectedPageId !== undefined && page.expectedPageId !== current?.pageId) throw new Fault(PRECONDITION_FAILED);
  if (page.isCreateOnly && current) throw new Fault(PRECONDITION_FAILED, { sentence: 'The page is there already.' });
}

function writtenAs({ isMerged }: PreparedWrite): 'written' | 'merged' {
  return isMerged ? 'merged' : 'written';
}
