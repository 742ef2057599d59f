import { asObject, type JsonObject } from '../reading/fields.js';
import type { DatabaseStore, PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectFrom, objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';

/** The newer first: rows that it has taken over keep their ids, and one of the two is to be read. */
export const SCHEMAS: DatabaseStore['schemas'] = [
  {
    probe: 'SELECT 1 FROM session_message m JOIN session_v2 s ON s.id = m.session_id LIMIT 1',
    sessions: 'SELECT id, parent_id, directory, time_created, time_updated FROM session_v2 ORDER BY time_created, id',
    records: 'SELECT id AS record_id, type, time_created, data FROM session_message WHERE session_id = ? ORDER BY seq, id',
  },
  {
    probe: 'SELECT 1 FROM session LIMIT 1',
    sessions: 'SELECT id, parent_id, directory, time_created, time_updated FROM session ORDER BY time_created, id',
    records: `SELECT p.id AS record_id, m.id AS message_id, p.time_created, p.data AS part, m.data AS message
      FROM part p JOIN message m ON m.id = p.message_id WHERE p.session_id = ? ORDER BY m.time_created, m.id, p.id`,
  },
];

/** OpenCode's database: a session's row, then its messages, in the schema of 1.x or of 2.x. */
export class OpencodeReader implements SessionReader {
  private known: PastSession | undefined;
  private isSubagent = false;
  private readonly turn = new OpenTurn('session.idle');
  private prompt: { id: string; at: string; texts: string[] } | undefined;

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const row = asObject(record);
    if (!row) return [];
    if (this.known === undefined) return this.begin(row);
    const id = textIn(row, 'record_id');
    const at = timeOf(row['time_created']);
    if (!id || !at) return [];
    const part = objectFrom(row['part']);
    return part ? this.part(part, objectFrom(row['message']), row, id, at) : this.entry(textIn(row, 'type'), objectFrom(row['data']), id, at);
  }

  finish(): readonly PastEvent[] {
    return [...this.closePrompt(), ...this.closeTurn()];
  }

  private begin(row: JsonObject): PastEvent[] {
    const nativeSessionId = textIn(row, 'id');
    const at = timeOf(row['time_created']);
    if (!nativeSessionId || !at) return [];
    this.known = { nativeSessionId, cwd: textIn(row, 'directory') };
    this.isSubagent = textIn(row, 'parent_id') !== undefined;
    return this.isSubagent ? [] : [this.event('session.created', 'start', at, {})];
  }

  /** A part of a message, 1.x. */
  private part(part: JsonObject, message: JsonObject | undefined, row: JsonObject, id: string, at: string): PastEvent[] {
    const messageId = textIn(row, 'message_id') ?? id;
    const before = this.prompt?.id === messageId ? [] : this.closePrompt();
    const text = textIn(part, 'text');
    if (part['type'] === 'text' && text && message?.['role'] === 'user') {
      if (part['synthetic'] === true || part['ignored'] === true) return before;
      this.prompt ??= { id: messageId, at: timeOf(objectIn(message, 'time')?.['created']) ?? at, texts: [] };
      this.prompt.texts.push(text);
      return before;
    }
    if (part['type'] === 'text' && text) this.say(text, message?.['summary'] === true, id, timeOf(objectIn(part, 'time')?.['end']) ?? at);
    if (part['type'] === 'text' && text && message?.['summary'] === true) return [...before, this.event('session.compacted', id, at, { summary: text })];
    return part['type'] === 'tool' ? [...before, ...this.tool(part, textIn(part, 'callID'), textIn(part, 'tool'), at)] : before;
  }

  /** A message, 2.x. */
  private entry(type: string | undefined, data: JsonObject | undefined, id: string, at: string): PastEvent[] {
    const text = textIn(data, 'text') ?? textOfContent(data?.['content'], (block) => block['type'] === 'text');
    if (type === 'user' && text.trim() !== '') return [...this.closeTurn(), this.event('chat.message', id, at, { prompt: text, message_id: id })];
    if (type === 'compaction') return [this.event('session.compacted', id, at, { summary: textIn(data, 'summary') ?? text })];
    if (type !== 'assistant') return [];
    const tools = objectsIn(data, 'content').filter((block) => block['type'] === 'tool');
    this.say(text, false, id, timeOf(objectIn(objectIn(data, 'time'), 'completed')) ?? at);
    return tools.flatMap((block) => this.tool(block, textIn(block, 'id') ?? textIn(block, 'callID'), textIn(block, 'name') ?? textIn(block, 'tool'), at));
  }

  private tool(part: JsonObject, callId: string | undefined, name: string | undefined, at: string): PastEvent[] {
    const state = objectIn(part, 'state');
    const status = textIn(state, 'status');
    if (!callId || !name || (status !== 'completed' && status !== 'error')) return [];
    const failed = status === 'error' ? { error: textIn(objectIn(state, 'error'), 'message') ?? state?.['error'] ?? 'error' } : {};
    const output = state?.['output'] ?? textOfContent(state?.['content']);
    const facts = { tool_name: name, tool_input: state?.['input'], tool_use_id: callId, tool_response: { output, metadata: state?.['metadata'] }, ...failed };
    return [this.event('tool.execute.after', callId, timeOf(objectIn(state, 'time')?.['end']) ?? at, facts)];
  }

  private say(text: string, isSummary: boolean, id: string, at: string): void {
    if (!isSummary) this.turn.said(text, id, at);
  }

  private closePrompt(): PastEvent[] {
    const { prompt } = this;
    this.prompt = undefined;
    return prompt ? [...this.closeTurn(), this.event('chat.message', prompt.id, prompt.at, { prompt: prompt.texts.join('\n'), message_id: prompt.id })] : [];
  }

  private closeTurn(): PastEvent[] {
    return this.turn.close(this.isSubagent ? { is_subagent: true } : {});
  }

  private event(event: string, recordId: string, occurredAt: string, facts: JsonObject): PastEvent {
    return { recordId, event, occurredAt, facts: { ...facts, ...(this.isSubagent && { is_subagent: true }) } };
  }
}
