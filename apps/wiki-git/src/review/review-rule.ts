import type { ReviewMode, WrittenBy } from '#libs/contracts';

/** What a change would do to a page. */
export interface ChangeAsked {
  readonly path: string;
  /** The page binds every session, before the change or after it. */
  readonly isBinding: boolean;
}

/**
 * Whether a change waits for a person. A person's never does; what binds every session always; the rest where the project
 * says so. The compiler's record of a session is no claim about anything else, and is always written.
 */
export function needsPerson(by: WrittenBy, mode: ReviewMode, { path, isBinding }: ChangeAsked): boolean {
  if (by === 'person') return false;
  if (by !== 'agent' && path.startsWith('sessions/')) return false;
  return isBinding || mode === 'approval';
}
