import type { Action } from './actions.js';
import type { CommandLedger } from './commands.js';
import type { Decisions } from './decisions.js';
import type { FileLedger } from './files.js';
import type { GitFacts } from './git-facts.js';
import type { HowTo } from './findings.js';
import type { Goal } from './goal.js';
import type { Plan } from './plan.js';
import type { Turns } from './turns.js';

/** Everything the rules found out about a session, ready to be written down. */
export interface Story {
  goal: Goal | undefined;
  turns: Turns;
  decisions: Decisions;
  files: FileLedger;
  commands: CommandLedger;
  git: GitFacts;
  plan: Plan;
  howTos: HowTo[];
  /** What the task is called that the goal names by its number. */
  taskName: string | undefined;
  /** What the agent said last, whole; empty where the session recorded nothing of the kind. */
  lastMessage: string;
  lastMessagePlace: number;
  /** Whether the agent's last words belong to the last ask. */
  isLastAskAnswered: boolean;
  /** The words that agreed, refused or thanked, where nothing is recorded after them. */
  acknowledgement: string;
  /** Whether answers are recorded at all in this session; where not, a missing one means nothing. */
  hasMessages: boolean;
  /** Calls whose end was not seen, where other ends were. */
  unfinished: Action[];
  isInterrupted: boolean;
  prompts: number;
  actions: number;
  lastAt: string;
}
