import type { CapturedEvent } from '#libs/contracts';
import { agentName, profileOf } from '../registry.js';
import { isFailureEvent, isSubagentEvent, toObservationKind } from './event-names.js';
import { readBody, readModel, readSource, readTitle } from './event-text.js';
import { asObject, fieldsOf, first, scopesOf, type Fields, type JsonObject } from './fields.js';
import { isNoise } from './noise.js';
import { occurredAt } from './occurred-at.js';
import { hasOccurrenceId } from './occurrence.js';
import { asId, asLabel, asText, cleanText } from './text.js';
import { metadataOnly, readToolUse, type ReadTool } from './tool-use.js';

const SOURCE_EVENT_CHARACTERS_MAX = 128;
const CWD_CHARACTERS_MAX = 4_096;
const CWD_FIELDS = ['cwd', 'current_dir', 'working_dir', 'workspace_paths', 'workspace_roots', 'workspace_root', 'workspace_dir', 'directory'];

/** Cursor's name for a conversation that has not begun. */
const PLACEHOLDER_SESSION = 'empty-state-draft';

export interface HookInput {
  /** As the client declares it, in any spelling. */
  readonly agent: string | undefined;
  readonly event: string;
  /** The body, any JSON value. */
  readonly payload: unknown;
  readonly receivedAt: Date;
  /** What the client sent beside the body; used where the body says nothing. */
  readonly fallback: { readonly sessionId?: string | undefined; readonly cwd?: string | undefined };
}

/** A captured event before redaction and bounding: texts may hold secrets and be as long as the body. */
export type RawEvent = Omit<CapturedEvent, 'idempotencyKey' | 'isKeyShortLived' | 'isImported' | 'isUntimed'>;

export type HookReading =
  | {
      readonly outcome: 'event';
      readonly agent: string;
      /** Missing only for a session's start: whoever starts one may name it. */
      readonly nativeSessionId: string | undefined;
      readonly cwd: string | undefined;
      /** True if an identical body can only be this event sent twice, however much later. */
      readonly hasOccurrenceId: boolean;
      readonly event: RawEvent;
    }
  | {
      readonly outcome: 'dropped';
      readonly agent: string;
      /** `policy`: the client marked the event as not to be kept; `placeholder`: there is no session behind it. */
      readonly reason: 'noise' | 'policy' | 'placeholder' | 'no-session';
    };

/** Reads an agent's hook event. Total: gives a reading for any JSON value, and never throws. */
export function readHookEvent(input: HookInput): HookReading {
  const given = asObject(input.payload) ?? {};
  const agent = agentName(input.agent, given);
  const body = profileOf(agent)?.unwrap?.(given) ?? given;
  const scopes = scopesOf(body);
  const kind = toObservationKind(input.event);
  const nativeSessionId = readSessionId(scopes) ?? asId(input.fallback.sessionId);
  if (isNoise(agent, input.event, scopes)) return { outcome: 'dropped', agent, reason: 'noise' };
  if (capturePolicy(scopes) === 'drop') return { outcome: 'dropped', agent, reason: 'policy' };
  if (nativeSessionId === PLACEHOLDER_SESSION) return { outcome: 'dropped', agent, reason: 'placeholder' };
  if (nativeSessionId === undefined && kind !== 'session-start') return { outcome: 'dropped', agent, reason: 'no-session' };
  return {
    outcome: 'event',
    agent,
    nativeSessionId,
    cwd: readCwd(scopes) ?? asLabel(CWD_CHARACTERS_MAX)(input.fallback.cwd),
    hasOccurrenceId: hasOccurrenceId(kind, scopes),
    event: readEvent(input, agent, body, scopes),
  };
}

function readEvent(input: HookInput, agent: string, body: JsonObject, scopes: readonly Fields[]): RawEvent {
  const kind = toObservationKind(input.event);
  const sourceEvent = cleanText(input.event.slice(0, SOURCE_EVENT_CHARACTERS_MAX));
  const read = withPolicy(readToolUse({ kind, isFailure: isFailureEvent(input.event), profile: profileOf(agent) }, scopes), scopes);
  const text = readBody(kind, scopes);
  const model = readModel(scopes);
  const source = readSource(kind, scopes);
  return {
    kind,
    sourceEvent,
    occurredAt: occurredAt(scopes, input.receivedAt),
    title: readTitle(kind, read?.title ?? text, sourceEvent, scopes),
    body: text,
    ...(read && { tool: read.tool }),
    ...(model !== undefined && { model }),
    ...(source !== undefined && { source }),
    isSubagent: isSubagentEvent(input.event) || isFromSubagent(body),
  };
}

function readSessionId(scopes: readonly Fields[]): string | undefined {
  return first(scopes, ['session_id', 'session', 'conversation_id'], asId)
    ?? first(scopes.flatMap((fields) => [fieldsOf(fields.get('info')), fieldsOf(fieldsOf(fields.get('properties')).get('info'))]), ['id'], asId);
}

function readCwd(scopes: readonly Fields[]): string | undefined {
  const asPath = asLabel(CWD_CHARACTERS_MAX);
  return first(scopes, CWD_FIELDS, (value) => asPath(Array.isArray(value) ? value[0] : value));
}

/** The spelling counts here: `agent_id` is an agent that another started, `agentId` elsewhere the agent itself. */
function isFromSubagent(body: JsonObject): boolean {
  return body['is_subagent'] === true
    || ['agent_id', 'parent_agent_id', 'subagentType', 'subagent_type'].some((name) => asText(body[name]) !== undefined);
}

/** What the client's own capture policy decided, where it sent the decision along. */
function capturePolicy(scopes: readonly Fields[]): string | undefined {
  return first(scopes.slice(0, 1), ['_ai_memory_capture'], (value) => asText(fieldsOf(value).get('disposition')));
}

function withPolicy(read: ReadTool | undefined, scopes: readonly Fields[]): ReadTool | undefined {
  return read && capturePolicy(scopes) === 'metadata-only' ? metadataOnly(read) : read;
}
