import { asObject, type JsonObject } from '../reading/fields.js';
import type { PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';

/** What hooks have added to a prompt. */
const ADDED = /^<qwen:[\s\S]*<\/qwen:[a-z-]+>\s*$/;

/** `chats/<session>.jsonl`, as 0.24.4 writes it; Gemini CLI's parts in Claude Code's lines. Sub-agents' records are kept elsewhere. */
export class QwenReader implements SessionReader {
  private known: PastSession | undefined;
  private readonly calls = new Map<string, JsonObject>();
  private readonly turn = new OpenTurn('Stop');

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const line = asObject(record);
    const id = textIn(line, 'uuid');
    const at = timeOf(line?.['timestamp']);
    if (!line || !id || !at) return [];
    const start = this.begin(line, id, at);
    switch (line['type']) {
      case 'user': return [...start, ...this.user(line, id, at)];
      case 'assistant': this.assistant(line, id, at); return start;
      case 'tool_result': return [...start, ...this.result(line, id, at)];
      default: return start;
    }
  }

  finish(): readonly PastEvent[] {
    return this.turn.close();
  }

  private begin(line: JsonObject, id: string, at: string): PastEvent[] {
    const nativeSessionId = textIn(line, 'sessionId');
    if (this.known || !nativeSessionId) return [];
    this.known = { nativeSessionId, cwd: textIn(line, 'cwd') };
    return [{ recordId: id, event: 'SessionStart', occurredAt: at, facts: { source: 'startup' } }];
  }

  private user(line: JsonObject, id: string, at: string): PastEvent[] {
    const given = textIn(objectIn(line, 'systemPayload'), 'displayText');
    const prompt = given ?? textOfContent(partsOf(line), (part) => !ADDED.test(textIn(part, 'text') ?? ''));
    if (prompt.trim() === '' || (line['provenance'] ?? 'real_user') !== 'real_user') return [];
    return [...this.turn.close(), { recordId: id, event: 'UserPromptSubmit', occurredAt: at, facts: { prompt } }];
  }

  private assistant(line: JsonObject, id: string, at: string): void {
    for (const part of partsOf(line)) {
      const call = objectIn(part, 'functionCall');
      const callId = textIn(call, 'id');
      if (callId) this.calls.set(callId, { tool_name: call?.['name'], tool_input: call?.['args'] });
    }
    this.turn.said(textOfContent(partsOf(line), (part) => part['thought'] !== true), id, at);
  }

  private result(line: JsonObject, id: string, at: string): PastEvent[] {
    const told = objectIn(line, 'toolCallResult');
    const callId = textIn(told, 'callId');
    const call = callId && this.calls.get(callId);
    if (!callId || !call) return [];
    this.calls.delete(callId);
    const response = partsOf(line).map((part) => objectIn(objectIn(part, 'functionResponse'), 'response')).find((each) => each !== undefined);
    const facts = { ...call, tool_use_id: callId };
    const output = textIn(response, 'output') ?? '';
    return [told?.['status'] === 'success'
      ? { recordId: id, event: 'PostToolUse', occurredAt: at, facts: { ...facts, tool_response: { llmContent: output, returnDisplay: textIn(objectIn(told, 'resultDisplay'), 'text') ?? told?.['resultDisplay'] } } }
      : { recordId: id, event: 'PostToolUseFailure', occurredAt: at, facts: { ...facts, error: textIn(response, 'error') ?? output } }];
  }
}

function partsOf(line: JsonObject): readonly JsonObject[] {
  return objectsIn(objectIn(line, 'message'), 'parts');
}

/** Whether a file below `projects` is a chat. */
export function isChat(path: string): boolean {
  return /^[^/]+\/chats\/[^/]+\.jsonl$/.test(path);
}
