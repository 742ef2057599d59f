import type { ReviewMode, WrittenBy } from '#libs/contracts';
import { REPORTS_FOLDER } from '#libs/wiki-format';

const RECORDS = ['sessions/', REPORTS_FOLDER];

/** What a change would do to a page. */
export interface ChangeAsked {
  readonly path: string;
  /** The page binds every session, before the change or after it. */
  readonly isBinding: boolean;
}

/**
 * Whether a change waits for a person. A person's never does; what binds every session always; the rest where the project
 * says so. The compiler's record of a session, and of a day, is no claim about anything else, and is always written.
 */
export function needsPerson(by: WrittenBy, mode: ReviewMode, { path, isBinding }: ChangeAsked): boolean {
  if (by === 'person') return false;
  if (by !== 'agent' && RECORDS.some((folder) => path.startsWith(folder))) return false;
  return isBinding || mode === 'approval';
}
