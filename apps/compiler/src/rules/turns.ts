import { clamp } from './text.js';
import { ASK_CHARS_MAX, Turn } from './turn.js';

/** Turns kept from the beginning and from the end of a session; those between are counted. */
const FIRST_KEPT_MAX = 12;
const LAST_KEPT_MAX = 16;

export interface TurnsBetween {
  turns: number;
  actions: number;
  changes: number;
  firstPlace: number;
  lastPlace: number;
}

/** The turns of a session in order. Memory is bounded, whatever their number. */
export class Turns {
  readonly first: Turn[] = [];
  readonly last: Turn[] = [];
  between: TurnsBetween | undefined;

  /** Begins a turn, unless the same words were sent just before. */
  begin(ask: string, isPaste: boolean, place: number): Turn {
    const current = this.current;
    if (current !== undefined && ask !== '' && current.ask === clamp(ask, ASK_CHARS_MAX)) {
      current.repeats++;
      return current;
    }
    const turn = new Turn(ask, isPaste, place);
    (this.first.length < FIRST_KEPT_MAX ? this.first : this.last).push(turn);
    if (this.last.length > LAST_KEPT_MAX) this.#leaveOut(this.last.shift());
    return turn;
  }

  get current(): Turn | undefined {
    return this.last.at(-1) ?? this.first.at(-1);
  }

  get kept(): readonly Turn[] {
    return [...this.first, ...this.last];
  }

  #leaveOut(turn: Turn | undefined): void {
    if (turn === undefined) return;
    this.between = merged(this.between, turn);
  }
}

/** The turns left out, with one more of them. */
export function merged(between: TurnsBetween | undefined, turn: Turn): TurnsBetween {
  const changes = [...turn.changes.values()].reduce((sum, count) => sum + count, turn.changesWithoutPath);
  return {
    turns: (between?.turns ?? 0) + 1,
    actions: (between?.actions ?? 0) + turn.actions,
    changes: (between?.changes ?? 0) + changes,
    firstPlace: Math.min(between?.firstPlace ?? turn.place, turn.place),
    lastPlace: Math.max(between?.lastPlace ?? 0, turn.lastPlace),
  };
}
