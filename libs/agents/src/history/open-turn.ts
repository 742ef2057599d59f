import type { PastEvent } from './history.js';

/** What an assistant has said since the last prompt. Stores keep messages; that a turn is over shows by what comes next. */
export class OpenTurn {
  private last: PastEvent | undefined;

  /** `event`: the name under which the agent's hook tells that a turn is over. */
  constructor(private readonly event: string) {}

  said(text: string, recordId: string, occurredAt: string): void {
    if (text.trim() !== '') this.last = { recordId, event: this.event, occurredAt, facts: { last_assistant_message: text } };
  }

  /** What was said last was no part of the conversation. */
  forget(): void {
    this.last = undefined;
  }

  /** The end of the turn; nothing where nobody has said anything since. */
  close(more: PastEvent['facts'] = {}): PastEvent[] {
    const { last } = this;
    this.last = undefined;
    return last ? [{ ...last, facts: { ...last.facts, ...more } }] : [];
  }
}
