import type { CommandLine } from './command-line.js';

/** The command that ended what another one failed to reach. */
export interface FollowUp {
  text: string;
  /** False where it gave the attempt up. */
  isSuccess: boolean;
  place: number;
}

const MISSTEP = /\b(?:unknown|unrecogni[sz]ed|invalid|unexpected|illegal|ambiguous|no such) (?:option|command|flag|argument|subcommand|switch)|\busage:|\bis required\b|\bmust be provided\b|\b(?:missing|requires?) (?:a |an |the |required )?(?:argument|option|parameter)|Script not found|Missing script|Module not found|command not found|\benv: \S+ No such file|is not recognized as|already exists|did not match any file|pathspec/i;
/** What a merge that stopped at conflicts is ended with. */
const MERGING = /\bgit\b.*\b(?:merge|rebase|cherry-pick|pull|revert|stash pop|stash apply)\b/;
const MERGE_DONE = /\bgit\b.*(?:\bcommit\b|--continue\b)/;
const MERGE_GIVEN_UP = /\bgit\b.*--abort\b/;
const RETRIED_IN_GIT = /\bgit\b.*\b(?:push|commit|pull|fetch|clone)\b/;

/** True where the command itself was wrong, such as an option that does not exist: that calls for no repair. */
export function isMisstep(reason: string): boolean {
  return MISSTEP.test(reason);
}

/** Whether a success of `later` ends what `failed` was after. Fewer tests prove nothing for more of them. */
export function followUpOf(failed: CommandLine, reason: string, later: CommandLine): Omit<FollowUp, 'place'> | undefined {
  const isSameKind = failed.kind === later.kind;
  if (failed.kind === 'git' && /conflict|merge failed/i.test(reason) && MERGING.test(failed.text)) {
    if (MERGE_GIVEN_UP.test(later.text)) return { text: later.text, isSuccess: false };
    return MERGE_DONE.test(later.text) ? { text: later.text, isSuccess: true } : undefined;
  }
  if (failed.kind === 'test' || failed.kind === 'check' || failed.kind === 'build') {
    return isSameKind && failed.text.startsWith(later.text) ? { text: later.text, isSuccess: true } : undefined;
  }
  const mayRetry = failed.kind !== 'git' || RETRIED_IN_GIT.test(failed.text);
  const isSameAttempt = isSameKind && mayRetry && failed.stem === later.stem && failed.stem.includes(' ');
  return isSameAttempt ? { text: later.text, isSuccess: true } : undefined;
}
