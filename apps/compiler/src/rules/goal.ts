import { isQuestion, titleFrom, type Prompt } from './prompts.js';

export interface Goal {
  text: string;
  place: number;
}

/** How many asks are looked at: a session's aim is said early. */
const CANDIDATES_MAX = 3;

/** Finds what the session was for: the first ask that wants something done, else the first question. */
export class GoalFinder {
  readonly #candidates: (Goal & { isQuestion: boolean })[] = [];

  add(prompt: Prompt, place: number): void {
    if (prompt.kind !== 'ask' || this.#candidates.length >= CANDIDATES_MAX) return;
    this.#candidates.push({ text: prompt.text, place, isQuestion: isQuestion(prompt.text) });
  }

  get goal(): Goal | undefined {
    return this.#candidates.find((candidate) => !candidate.isQuestion) ?? this.#candidates[0];
  }
}

/** A longer title says itself what it is about. */
const NAMED_TITLE_CHARS_MAX = 48;

/** A title out of the goal, with the name of the task that it only numbers; where nobody said one, out of what was done. */
export function titleOf({ goal, taskName }: { goal: Goal | undefined; taskName: string | undefined }, changedPaths: readonly string[], firstCommand: string | undefined): string {
  const title = goal === undefined ? '' : titleFrom(goal.text);
  if (title !== '') return taskName === undefined || title.length > NAMED_TITLE_CHARS_MAX ? title : `${title}: ${taskName}`;
  const [first, ...others] = changedPaths;
  if (first !== undefined) return others.length === 0 ? `Changes to ${first}` : `Changes to ${first} and ${others.length} more`;
  return firstCommand === undefined ? 'A session without a stated goal' : `Ran ${firstCommand}`;
}
