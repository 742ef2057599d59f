import { asObject, type JsonObject } from '../reading/fields.js';
import { asMessage } from '../reading/text.js';
import type { PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';

const SETTING_UP = '<session_context>';
const WORKSPACE = /\*\*Workspace Directories:\*\*\n\s*- (.+)$/m;

/**
 * `chats/session-*.jsonl` as 0.61.0 writes them, and the `.json` documents of before. A message is written again when more of
 * it is known, and all of them when a session goes on: each call and each prompt is told once, by its id.
 */
export class GeminiReader implements SessionReader {
  private known: PastSession | undefined;
  private readonly told = new Set<string>();
  private readonly turn = new OpenTurn('AfterAgent');

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const line = asObject(record);
    if (!line) return [];
    const start = this.begin(line);
    const messages = [...objectsIn(line, 'messages'), ...objectsIn(objectIn(line, '$set'), 'messages'), ...(textIn(line, 'type') ? [line] : [])];
    return [...start, ...messages.flatMap((message) => this.message(message))];
  }

  finish(): readonly PastEvent[] {
    return this.turn.close();
  }

  private begin(line: JsonObject): PastEvent[] {
    const nativeSessionId = textIn(line, 'sessionId');
    const at = timeOf(line['startTime']);
    if (this.known || !nativeSessionId || !at) return [];
    this.known = { nativeSessionId, isPart: line['kind'] === 'subagent' };
    return this.known.isPart ? [] : [{ recordId: 'start', event: 'SessionStart', occurredAt: at, facts: { source: 'startup' } }];
  }

  private message(message: JsonObject): PastEvent[] {
    const id = textIn(message, 'id');
    const at = timeOf(message['timestamp']);
    // Hooks hear nothing of its sub-agents.
    if (!id || !at || !this.known || this.known.isPart) return [];
    if (message['type'] === 'user') return this.user(message, id, at);
    return message['type'] === 'gemini' ? this.assistant(message, id, at) : [];
  }

  private user(message: JsonObject, id: string, at: string): PastEvent[] {
    const prompt = asMessage(message['displayContent'] ?? message['content']) ?? '';
    const folder = prompt.startsWith(SETTING_UP) ? WORKSPACE.exec(prompt)?.[1]?.trim() : undefined;
    if (folder) this.known = { ...this.known!, cwd: this.known!.cwd ?? folder };
    if (prompt === '' || prompt.startsWith(SETTING_UP) || !this.isNew(id)) return [];
    return [...this.turn.close(), { recordId: id, event: 'BeforeAgent', occurredAt: at, facts: { prompt } }];
  }

  private assistant(message: JsonObject, id: string, at: string): PastEvent[] {
    const calls = objectsIn(message, 'toolCalls').flatMap((call) => this.call(call, at));
    const text = textOfContent(message['content']);
    if (text.trim() !== '' && this.isNew(id)) this.turn.said(text, id, at);
    return calls;
  }

  private call(call: JsonObject, at: string): PastEvent[] {
    const callId = textIn(call, 'id');
    const isDone = call['result'] !== undefined || ['success', 'error', 'cancelled'].includes(textIn(call, 'status') ?? '');
    if (!callId || !isDone || !this.isNew(callId)) return [];
    const response = objectIn(objectIn(objectsIn(call, 'result')[0], 'functionResponse'), 'response');
    const isError = call['status'] === 'error' || response?.['error'] !== undefined;
    const output = textIn(response, 'output') ?? '';
    const facts = {
      tool_name: call['name'], tool_input: call['args'], tool_use_id: callId,
      tool_response: { llmContent: output, returnDisplay: call['resultDisplay'], ...(isError && { error: { message: textIn(response, 'error') ?? output } }) },
    };
    return [{ recordId: callId, event: 'AfterTool', occurredAt: timeOf(call['timestamp']) ?? at, facts }];
  }

  private isNew(id: string): boolean {
    const isNew = !this.told.has(id);
    this.told.add(id);
    return isNew;
  }
}
