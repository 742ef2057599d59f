import { asObject, type JsonObject } from '../reading/fields.js';
import type { PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';

const REMINDER = /<system-reminder>[\s\S]*?<\/system-reminder>\n*/g;
/** What Claude Code writes as if the user had said it. */
const SCAFFOLDING = /^<(?:command-|local-command-|bash-|task-notification|user-memory-input)|^\[Request interrupted by user|^Caveat: The messages below were generated/;
const COMMAND = /<command-name>(\/[^<]+)<\/command-name>/;
const COMMAND_ARGUMENTS = /<command-args>([\s\S]*?)<\/command-args>/;
/** Commands of its own, of which hooks are not told. */
const OWN_COMMANDS = new Set([
  '/clear', '/compact', '/config', '/context', '/cost', '/doctor', '/exit', '/export', '/help', '/hooks', '/login', '/logout', '/mcp', '/memory', '/model', '/permissions',
  '/plugin', '/quit', '/resume', '/rewind', '/status', '/usage',
]);
/** Around a compaction's summary. */
const BEFORE_SUMMARY = /^[\s\S]*?\nSummary:\n/;
const AFTER_SUMMARY = /\n+If you need specific details from before compaction[\s\S]*$/;

/** `<folder>/<session>.jsonl` and its sub-agents' files, as 2.1.330 writes them. */
export class ClaudeCodeReader implements SessionReader {
  private known: PastSession | undefined;
  private readonly calls = new Map<string, JsonObject>();
  private turn = new OpenTurn('Stop');
  private agentId: string | undefined;
  private trigger: string | undefined;

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const line = asObject(record);
    const at = timeOf(line?.['timestamp']);
    const id = textIn(line, 'uuid');
    // A line that was copied from another session is told there.
    if (!line || !at || !id || line['forkedFrom'] !== undefined) return [];
    const start = this.begin(line, id, at);
    if (line['type'] === 'system' && line['subtype'] === 'compact_boundary') this.trigger = textIn(objectIn(line, 'compactMetadata'), 'trigger');
    if (line['isMeta'] === true) return start;
    if (line['type'] === 'assistant') return [...start, ...this.assistant(line, id, at)];
    return line['type'] === 'user' ? [...start, ...this.user(line, id, at)] : start;
  }

  finish(): readonly PastEvent[] {
    return this.turn.close();
  }

  private begin(line: JsonObject, id: string, at: string): PastEvent[] {
    const nativeSessionId = textIn(line, 'sessionId');
    if (this.known || !nativeSessionId) return [];
    this.agentId = line['isSidechain'] === true ? textIn(line, 'agentId') : undefined;
    this.known = { nativeSessionId, cwd: textIn(line, 'cwd'), ...(this.agentId !== undefined && { isPart: true }) };
    if (this.agentId === undefined) return [{ recordId: id, event: 'SessionStart', occurredAt: at, facts: { source: 'startup' } }];
    this.turn = new OpenTurn('SubagentStop');
    return [];
  }

  private assistant(line: JsonObject, id: string, at: string): PastEvent[] {
    const message = objectIn(line, 'message');
    if (message?.['model'] === '<synthetic>') return [];
    for (const block of objectsIn(message, 'content')) {
      const callId = textIn(block, 'id');
      if (block['type'] === 'tool_use' && callId) this.calls.set(callId, { tool_name: block['name'], tool_input: block['input'] });
    }
    this.turn.said(textOfContent(message?.['content'], ({ type }) => type === 'text'), id, at);
    return [];
  }

  private user(line: JsonObject, id: string, at: string): PastEvent[] {
    const content = objectIn(line, 'message')?.['content'];
    if (line['isCompactSummary'] === true) return [this.compaction(textOfContent(content), id, at)];
    const results = objectsIn({ content }, 'content').filter(({ type }) => type === 'tool_result').flatMap((block) => this.result(block, line, id, at));
    return results.length > 0 ? results : this.prompt(textOfContent(content, ({ type }) => type === 'text'), id, at);
  }

  private prompt(text: string, id: string, at: string): PastEvent[] {
    if (this.agentId !== undefined) return [];
    const prompt = commandIn(text) ?? text.replace(REMINDER, '').trim();
    if (prompt === '' || SCAFFOLDING.test(prompt) || OWN_COMMANDS.has(prompt.split(/\s/, 1)[0]!)) return [];
    return [...this.turn.close(), { recordId: id, event: 'UserPromptSubmit', occurredAt: at, facts: { prompt } }];
  }

  private result(block: JsonObject, line: JsonObject, id: string, at: string): PastEvent[] {
    const callId = textIn(block, 'tool_use_id');
    const call = callId && this.calls.get(callId);
    if (!callId || !call) return [];
    this.calls.delete(callId);
    const facts = { ...call, tool_use_id: callId, ...(this.agentId !== undefined && { agent_id: this.agentId }) };
    const text = textOfContent(block['content']).replace(REMINDER, '').trim();
    return [block['is_error'] === true
      ? { recordId: `${id}/${callId}`, event: 'PostToolUseFailure', occurredAt: at, facts: { ...facts, error: text } }
      : { recordId: `${id}/${callId}`, event: 'PostToolUse', occurredAt: at, facts: { ...facts, tool_response: line['toolUseResult'] ?? text } }];
  }

  private compaction(text: string, id: string, at: string): PastEvent {
    const summary = text.replace(REMINDER, '').replace(BEFORE_SUMMARY, '').replace(AFTER_SUMMARY, '').trim();
    return { recordId: id, event: 'PostCompact', occurredAt: at, facts: { trigger: this.trigger, compact_summary: summary } };
  }
}

/** A command of the user's own as it was typed, which is how hooks get it. */
function commandIn(text: string): string | undefined {
  const name = COMMAND.exec(text)?.[1]?.trim();
  return name && `${name} ${COMMAND_ARGUMENTS.exec(text)?.[1] ?? ''}`.trim();
}
