/** Makes of Markdown what an agent takes from a hook's stdout into its context. */
export type ContextForm = (markdown: string, event: string) => string;

/** What an agent wants to read from our hooks. */
export interface HookAnswers {
  /** The event whose answer brings the handoff: the session's start, or what stands in for it. */
  readonly handoffEvent: string;
  /** The events whose answers the agent takes context from. */
  readonly context: Readonly<Record<string, ContextForm>>;
  /** What it wants to hear where there is nothing to say; nothing for events that are not named. `*` is for all others. */
  readonly neutral?: Readonly<Record<string, string>>;
}

export const hookSpecific: ContextForm = (markdown, event) => JSON.stringify({ hookSpecificOutput: { hookEventName: event, additionalContext: markdown } });
export const plainText: ContextForm = (markdown) => markdown;

/** One member of the answer. */
export function memberNamed(name: string): ContextForm {
  return (markdown) => JSON.stringify({ [name]: markdown });
}

/** For agents that take Claude Code's form at these events. */
export function likeClaude(handoffEvent: string, ...others: readonly string[]): HookAnswers {
  return { handoffEvent, context: Object.fromEntries([handoffEvent, ...others].map((event) => [event, hookSpecific])) };
}
