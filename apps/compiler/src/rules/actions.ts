import type { Observation, ToolUse } from '#libs/contracts';

/** One thing an agent did: a tool call with both its ends, as far as they were seen. */
export interface Action {
  tool: ToolUse;
  /** One line that says what the call is about. */
  title: string;
  /** Place of the call's first event in the session's story, from 1. */
  place: number;
  /** Of its last event; the same where only one was seen. */
  endPlace: number;
  isSubagent: boolean;
  /** False where only the start of the call was seen. */
  isFinished: boolean;
}

/** Calls that may be under way at once; of more, the oldest counts as never finished. */
const UNDER_WAY_MAX = 128;

function identityOf(tool: ToolUse): string {
  return [tool.name, tool.command ?? '', tool.path ?? ''].join('\u0000');
}

function joined(start: ToolUse, end: ToolUse): ToolUse {
  return {
    ...start,
    ...Object.fromEntries(Object.entries(end).filter(([, value]) => value !== undefined)),
    family: end.family === 'other' ? start.family : end.family,
    excerpt: end.excerpt,
    outcome: end.outcome ?? 'unknown',
  };
}

/** Joins the start and the end of each tool call. Either may be missing, and ends may come in any order. */
export class ActionPairing {
  readonly #underWay: Action[] = [];
  /** False for agents that report no ends at all; then an open start means nothing. */
  hasSeenEnds = false;

  /** The calls that this start pushes out, as unfinished. */
  start(observation: Observation & { tool: ToolUse }, place: number): Action[] {
    const { tool, title, isSubagent } = observation;
    this.#underWay.push({ tool: { ...tool, outcome: 'unknown' }, title, place, endPlace: place, isSubagent, isFinished: false });
    return this.#underWay.length > UNDER_WAY_MAX ? this.#underWay.splice(0, 1) : [];
  }

  end(observation: Observation & { tool: ToolUse }, place: number): Action {
    this.hasSeenEnds = true;
    const { tool, title, isSubagent } = observation;
    const [start] = this.#underWay.splice(this.#indexOfStart(observation), 1);
    if (start === undefined) return { tool: { ...tool, outcome: tool.outcome ?? 'unknown' }, title, place, endPlace: place, isSubagent, isFinished: true };
    return { tool: joined(start.tool, tool), title: start.title || title, place: start.place, endPlace: place, isSubagent, isFinished: true };
  }

  /** The calls whose end has not come, oldest first; they are forgotten. */
  abandon(): Action[] {
    return this.#underWay.splice(0);
  }

  /** By the call's id; else, as some agents give both ends ids of their own or none, by what the call is about. */
  #indexOfStart({ tool, isSubagent }: Observation & { tool: ToolUse }): number {
    const byId = tool.callId === undefined ? -1 : this.#underWay.findIndex((action) => action.tool.callId === tool.callId);
    if (byId !== -1) return byId;
    const hasNoDetail = tool.callId === undefined && tool.command === undefined && tool.path === undefined;
    const index = this.#underWay.findIndex((action) => action.isSubagent === isSubagent && action.tool.name === tool.name
      && (hasNoDetail || identityOf(action.tool) === identityOf(tool)));
    return index === -1 ? this.#underWay.length : index;
  }
}
