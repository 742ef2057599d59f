import { asObject, type JsonObject } from '../reading/fields.js';
import type { PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectFrom, objectIn, textIn, textOfContent, timeOf } from './records.js';

const SHELLS = new Set(['exec_command', 'shell', 'shell_command', 'local_shell']);
const EXIT_CODE = /^(?:Process exited with code|Exit code:) (-?\d+)$/m;
/** What stands before a command's output. */
const OUTPUT_HEAD = /^[\s\S]{0,300}?^(?:Output|Total output lines: \d+\n+Output):\n/m;
const BEFORE_SUMMARY = /^Another language model started to solve this problem[\s\S]*?own analysis:\n/;

/** `sessions/YYYY/MM/DD/rollout-*.jsonl`, as 0.169.0 writes them, and as earlier versions did. */
export class CodexReader implements SessionReader {
  private known: PastSession | undefined;
  private readonly calls = new Map<string, JsonObject>();
  private turn = new OpenTurn('Stop');
  private agentId: string | undefined;
  private model: string | undefined;
  private lastPrompt: { text: string; isLegacy: boolean } | undefined;
  private lines = 0;

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    this.lines += 1;
    const line = asObject(record);
    const payload = objectIn(line, 'payload');
    const at = timeOf(line?.['timestamp']);
    if (!line || !payload || !at) return [];
    switch (line['type']) {
      case 'session_meta': return this.begin(payload, at);
      case 'turn_context': this.model = textIn(payload, 'model') ?? this.model; return [];
      case 'response_item': return this.item(payload, at);
      case 'event_msg': return this.message(payload, at);
      case 'compacted': return this.compaction(payload, at);
      default: return [];
    }
  }

  finish(): readonly PastEvent[] {
    return this.closeTurn();
  }

  private begin(meta: JsonObject, at: string): PastEvent[] {
    const id = textIn(meta, 'id');
    if (this.known || !id) return [];
    const nativeSessionId = textIn(meta, 'session_id') ?? textIn(objectIn(objectIn(objectIn(meta, 'source'), 'subagent'), 'thread_spawn'), 'parent_thread_id') ?? id;
    const isPart = nativeSessionId !== id;
    this.agentId = isPart ? id : undefined;
    this.known = { nativeSessionId, cwd: textIn(meta, 'cwd'), remote: textIn(objectIn(meta, 'git'), 'repository_url'), isPart };
    if (isPart) this.turn = new OpenTurn('SubagentStop');
    return isPart ? [] : [this.event('SessionStart', 'meta', timeOf(meta['timestamp']) ?? at, { source: 'startup' })];
  }

  private message(payload: JsonObject, at: string): PastEvent[] {
    const item = objectIn(payload, 'item');
    switch (payload['type']) {
      case 'user_message': return this.prompt(textIn(payload, 'message') ?? '', true, at);
      case 'item_completed': return item?.['type'] === 'UserMessage' ? this.prompt(textOfContent(item['content']), false, at) : [];
      case 'agent_message': this.turn.said(textIn(payload, 'message') ?? '', this.here('said'), at); return [];
      case 'task_complete': this.turn.said(textIn(payload, 'last_agent_message') ?? '', this.here('said'), at); return this.closeTurn();
      case 'turn_aborted': return [...this.closeTurn(), this.event('Interrupt', this.here('aborted'), at, { reason: payload['reason'] })];
      default: return [];
    }
  }

  /** One prompt may be told in two forms, one after the other. */
  private prompt(text: string, isLegacy: boolean, at: string): PastEvent[] {
    const isToldAlready = this.lastPrompt?.text === text && this.lastPrompt.isLegacy !== isLegacy;
    this.lastPrompt = isToldAlready ? undefined : { text, isLegacy };
    if (text.trim() === '' || isToldAlready) return [];
    return [...this.closeTurn(), this.event('UserPromptSubmit', this.here('prompt'), at, { prompt: text })];
  }

  private item(item: JsonObject, at: string): PastEvent[] {
    const callId = textIn(item, 'call_id');
    switch (item['type']) {
      case 'message': if (item['role'] === 'assistant') this.turn.said(textOfContent(item['content']), this.here('said'), at); return [];
      case 'function_call': if (callId) this.calls.set(callId, callOf(item, item['arguments'])); return [];
      case 'custom_tool_call': if (callId) this.calls.set(callId, callOf(item, { command: item['input'] })); return [];
      case 'local_shell_call': if (callId) this.calls.set(callId, { tool_name: 'Bash', tool_input: item['action'] }); return [];
      case 'function_call_output':
      case 'custom_tool_call_output': return callId ? this.result(callId, item['output'], at) : [];
      default: return [];
    }
  }

  private result(callId: string, output: unknown, at: string): PastEvent[] {
    const call = this.calls.get(callId);
    if (!call) return [];
    this.calls.delete(callId);
    return [this.event('PostToolUse', callId, at, { ...call, tool_use_id: callId, ...resultOf(call, output) })];
  }

  private compaction(payload: JsonObject, at: string): PastEvent[] {
    // The summary itself stands before it, as if it had been said.
    this.turn.forget();
    const summary = (textIn(payload, 'message') ?? '').replace(BEFORE_SUMMARY, '');
    return this.agentId === undefined ? [this.event('PostCompact', this.here('compacted'), at, { compact_summary: summary })] : [];
  }

  private closeTurn(): PastEvent[] {
    return this.turn.close({ model: this.model, ...(this.agentId !== undefined && { agent_id: this.agentId }) });
  }

  /** Lines have no ids of their own; files only grow. */
  private here(what: string): string {
    return `${this.agentId ?? ''}${what}@${this.lines}`;
  }

  private event(event: string, recordId: string, occurredAt: string, facts: JsonObject): PastEvent {
    return { recordId, event, occurredAt, facts: { ...facts, model: this.model, ...(this.agentId !== undefined && { agent_id: this.agentId }) } };
  }
}

/** Hooks know one shell, and MCP tools by one name. */
function callOf(item: JsonObject, given: unknown): JsonObject {
  const name = textIn(item, 'name') ?? '';
  const input = objectFrom(given) ?? { input: given };
  if (SHELLS.has(name)) return { tool_name: 'Bash', tool_input: { command: input['cmd'] ?? input['command'] } };
  const namespace = textIn(item, 'namespace');
  return { tool_name: namespace?.startsWith('mcp__') ? `${namespace}__${name}` : name, tool_input: input };
}

function resultOf(call: JsonObject, output: unknown): JsonObject {
  const inner = objectFrom(output);
  const envelope = inner && ('output' in inner || 'content' in inner) ? inner : undefined;
  const text = typeof output === 'string' ? (envelope ? (textIn(envelope, 'output') ?? textOfContent(envelope['content'])) : output) : textOfContent(output ?? envelope?.['content']);
  const given = objectIn(envelope, 'metadata')?.['exit_code'];
  const exitCode = typeof given === 'number' ? given : call['tool_name'] === 'Bash' ? EXIT_CODE.exec(text.slice(0, 400))?.[1] : undefined;
  return {
    tool_response: withoutHead(text),
    ...(exitCode !== undefined && { exit_code: Number(exitCode) }),
    ...(envelope?.['success'] === false && { success: false }),
  };
}

function withoutHead(text: string): string {
  return /^(?:Chunk ID|Wall time|Exit code|Process exited)/.test(text) ? text.replace(OUTPUT_HEAD, '').replace(/^Output:\n?/m, '') : text;
}

/** Where a rollout may lie. */
export function isRollout(path: string): boolean {
  return /(?:^|\/)rollout-[^/]+\.jsonl$/.test(path);
}
