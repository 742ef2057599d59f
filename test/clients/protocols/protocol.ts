import type { Conversation, Reply } from '../script.js';

/** What an agent asks of a model's provider, and is answered. */
export interface Protocol {
  /** Path of the request, without what stands before it in the provider's address. */
  path: RegExp;
  read(body: unknown): Conversation;
  /** Events of the stream that answers it. */
  stream(reply: Reply): readonly StreamEvent[];
}

export interface StreamEvent {
  /** For protocols that name their events. */
  name?: string;
  data: unknown;
}

/** The text in a message's content, which is a string or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : '')).join('\n');
}

export function parametersOf(schema: { properties?: object } | undefined): string[] {
  return Object.keys(schema?.properties ?? {});
}
