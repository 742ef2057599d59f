import { asObject, type JsonObject } from '../reading/fields.js';
import { promptIn, timeIn } from './cursor-prompt.js';
import type { FolderClue, PastEvent, PastSession, SessionReader } from './history.js';
import { OpenTurn } from './open-turn.js';
import { objectIn, objectsIn, textIn, textOfContent, timeOf } from './records.js';
import { Spread } from './spread.js';

/** A session's file, in a folder of its own or, as before, beside the others; and those of its sub-agents. */
const TRANSCRIPT = /^[^/]+\/agent-transcripts\/(?:(?<parent>[^/]+)\/subagents\/(?<child>[^/]+)|(?:[^/]+\/)?(?<id>[^/]+))\.jsonl$/;
/** Stands for what a model thought. */
const THOUGHT = /^\[REDACTED\]\s*$/gm;

/**
 * `agent-transcripts/<id>/<id>.jsonl`. Of times the lines have at most the minute of a prompt, and of calls no results: a call
 * is told as one whose outcome is not known. Keeps what happened since the last time that is known.
 */
export class CursorReader implements SessionReader {
  private known: PastSession | undefined;
  private spread = new Spread(0, 0);
  private turn = new OpenTurn('stop');
  private agentId: string | undefined;
  private lines = 0;

  get session(): PastSession | undefined {
    return this.known;
  }

  take(record: unknown): readonly PastEvent[] {
    const line = asObject(record);
    if (!this.known) this.begin(line);
    else this.lines += 1;
    if (line?.['type'] === 'turn_ended') this.closeTurn({ status: line['status'] });
    if (line?.['role'] === 'assistant') this.assistant(objectIn(line, 'message'));
    return line?.['role'] === 'user' ? this.user(textOfContent(objectIn(line, 'message')?.['content'], ({ type }) => type === 'text')) : [];
  }

  finish(): readonly PastEvent[] {
    this.closeTurn();
    return this.spread.finish();
  }

  /** The file itself says what its lines don't. */
  private begin(file: JsonObject | undefined): void {
    const { parent, child, id } = TRANSCRIPT.exec(textIn(file, 'path') ?? '')?.groups ?? {};
    const [startedAt, endedAt] = [timeOf(file?.['started_at']), timeOf(file?.['modified_at'])];
    const nativeSessionId = parent ?? id;
    if (!nativeSessionId || !startedAt || !endedAt) return;
    this.agentId = child;
    this.known = { nativeSessionId, isPart: child !== undefined };
    this.spread = new Spread(Date.parse(startedAt), Date.parse(endedAt));
    if (child === undefined) this.spread.add(this.event('sessionStart', 'start', { source: 'startup' }));
    else this.turn = new OpenTurn('subagentStop');
  }

  private user(text: string): PastEvent[] {
    const [prompt, at] = [promptIn(text), timeIn(text)];
    if (!this.known || prompt === '' || this.agentId !== undefined) return [];
    this.closeTurn();
    const event = this.event('beforeSubmitPrompt', `${this.lines}`, { prompt });
    if (at !== undefined) return this.spread.at(at, event);
    this.spread.add(event);
    return [];
  }

  private assistant(message: JsonObject | undefined): void {
    const text = textOfContent(message?.['content'], ({ type }) => type === 'text').replace(THOUGHT, '').trim();
    this.turn.said(text, this.recordId(`${this.lines}`), '');
    for (const [index, block] of objectsIn(message, 'content').entries()) {
      if (block['type'] === 'tool_use' && textIn(block, 'name')) this.spread.add(this.event('postToolUse', `${this.lines}/${index}`, { ...callOf(block), status: 'unknown' }));
    }
  }

  private closeTurn(more: JsonObject = {}): void {
    this.spread.add(...this.turn.close({ ...more, ...this.sender() }));
  }

  private event(event: string, recordId: string, facts: JsonObject): Omit<PastEvent, 'occurredAt'> {
    return { recordId: this.recordId(recordId), event, facts: { ...facts, ...this.sender() } };
  }

  /** Lines have no ids of their own; files only grow. */
  private recordId(line: string): string {
    return this.agentId === undefined ? line : `${this.agentId}:${line}`;
  }

  private sender(): JsonObject {
    return this.agentId === undefined ? {} : { agent_id: this.agentId };
  }
}

/** Hooks are told the name of a server's tool, not of what called it. */
function callOf(block: JsonObject): JsonObject {
  const input = objectIn(block, 'input');
  const mcpTool = block['name'] === 'CallMcpTool' ? textIn(input, 'toolName') : undefined;
  const given = mcpTool ? { tool_name: `MCP:${mcpTool}`, tool_input: input?.['arguments'] } : { tool_name: block['name'], tool_input: block['input'] };
  const callId = textIn(block, 'id');
  return { ...given, ...(callId !== undefined && { tool_use_id: callId }) };
}

/** Whether a file holds a session, or a sub-agent's part of one. */
export function isTranscript(path: string): boolean {
  return TRANSCRIPT.test(path);
}

/** Where its command line was used in a folder, it has taken down that the folder is trusted. */
export function folderClueOf(path: string): FolderClue {
  const slug = path.split('/', 1)[0]!;
  return { slug, file: `${slug}/.workspace-trusted`, member: 'workspacePath' };
}
