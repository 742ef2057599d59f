import { asObject, type JsonObject } from '../reading/fields.js';
import type { PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';

/**
 * Sessions of Pi and Oh My Pi: a header, then the entries of a tree in the order in which they were made. Those of branches
 * that were left count too: they happened, and hooks have told of them.
 */
export class PiReader implements SessionReader {
  private known: PastSession | undefined;
  private readonly calls = new Map<string, JsonObject>();
  private readonly turn = new OpenTurn('agent_end');

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const entry = asObject(record);
    const id = textIn(entry, 'id');
    const at = timeOf(entry?.['timestamp']);
    if (!entry || !id || !at) return [];
    if (entry['type'] === 'session') return this.begin(entry, id, at);
    if (!this.known) return [];
    if (entry['type'] === 'compaction') return [{ recordId: id, event: 'session_compact', occurredAt: at, facts: { summary: textIn(entry, 'summary') } }];
    return entry['type'] === 'message' ? this.message(objectIn(entry, 'message'), id, at) : [];
  }

  finish(): readonly PastEvent[] {
    return this.turn.close();
  }

  private begin(header: JsonObject, id: string, at: string): PastEvent[] {
    if (this.known) return [];
    this.known = { nativeSessionId: id, cwd: textIn(header, 'cwd') };
    return [{ recordId: id, event: 'session_start', occurredAt: at, facts: { source: 'startup' } }];
  }

  private message(message: JsonObject | undefined, id: string, at: string): PastEvent[] {
    const text = textOfContent(message?.['content'], ({ type }) => type === 'text');
    switch (message?.['role']) {
      case 'user': return text.trim() === '' ? [] : [...this.turn.close(), { recordId: id, event: 'before_agent_start', occurredAt: at, facts: { prompt: text } }];
      case 'assistant': this.assistant(message, text, id, at); return [];
      case 'toolResult': return this.result(message, text, id, at);
      default: return [];
    }
  }

  private assistant(message: JsonObject, text: string, id: string, at: string): void {
    for (const block of objectsIn(message, 'content')) {
      const callId = textIn(block, 'id');
      if (block['type'] === 'toolCall' && callId) this.calls.set(callId, { tool_input: block['arguments'] });
    }
    this.turn.said(text, id, at);
  }

  private result(message: JsonObject, text: string, id: string, at: string): PastEvent[] {
    const callId = textIn(message, 'toolCallId');
    if (!callId) return [];
    const call = this.calls.get(callId);
    this.calls.delete(callId);
    const facts = { tool_name: message['toolName'], ...call, tool_use_id: callId, tool_response: text, is_error: message['isError'] === true };
    return [{ recordId: id, event: 'tool_result', occurredAt: at, facts }];
  }
}
