import { hash, randomUUID } from 'node:crypto';
import { boundText } from '#libs/redaction';
import { BRIEFING_CHARS } from '../briefing/briefing-text.js';
import type { ProjectHints } from '../projects/project-resolution.js';

/** The wire's query parameters that this server acts on; others are accepted and ignored, as clients send more. */
export interface HookQuery {
  event: string | undefined;
  agent: string | undefined;
  sessionId: string | undefined;
  ingestKey: string | undefined;
  mayDropSubagent: boolean;
  /** Characters that a briefing may take; undefined where none is asked for. */
  briefingCharsMax: number | undefined;
  /** Where no briefing is asked for: whether the user's own slots are told. Clients that ask again in a session say no. */
  mayTellSlots: boolean;
  /** Read from the agent's own store, long after. */
  isImported: boolean;
  /** Of an import: the time is a guess. */
  isUntimed: boolean;
  /** Asks what would become of the event, and keeps nothing. */
  isRehearsal: boolean;
  hints: ProjectHints;
}

const TRUTHY = new Set(['1', 'true', 'yes', 'on']);
const KEY = /^[A-Za-z0-9_-]{1,64}$/;
const TEXT_CHARS_MAX = 4_096;

/** Reads the query leniently: a value that makes no sense counts as absent, since no client can be told. */
export function readHookQuery(query: URLSearchParams): HookQuery {
  const text = (name: string): string | undefined => query.get(name)?.slice(0, TEXT_CHARS_MAX).replaceAll('\0', '') || undefined;
  // Ids and remotes are not cleaned: an id must stay what it is, and a remote's credentials go when it is normalised.
  const kept = (name: string): string | undefined => boundText(text(name) ?? '', TEXT_CHARS_MAX).text || undefined;
  const isSet = (name: string): boolean => TRUTHY.has(text(name)?.toLowerCase() ?? '');
  const key = text('ingest_key');
  return {
    event: text('event'),
    agent: text('agent'),
    sessionId: text('session_id'),
    ingestKey: key && KEY.test(key) ? key : undefined,
    mayDropSubagent: isSet('drop_subagent'),
    isImported: isSet('imported'),
    isUntimed: isSet('untimed'),
    isRehearsal: isSet('dry_run'),
    briefingCharsMax: isSet('briefing') ? charsIn(text('briefing_budget')) : undefined,
    mayTellSlots: text('profile_digest') !== '0',
    hints: {
      workspace: kept('workspace'), project: kept('project'), projectSource: text('project_src'), cwd: kept('cwd'),
      identity: text('identity'), identitySource: text('identity_src'), identityStyle: text('identity_style'),
    },
  };
}

function charsIn(budget: string | undefined): number {
  return budget && /^\d{1,9}$/.test(budget) ? Number(budget) : BRIEFING_CHARS.preset;
}

export interface KeyParts {
  userId: string;
  agent: string;
  nativeSessionId: string;
  event: string;
  kind: string;
  ingestKey: string | undefined;
  hasOccurrenceId: boolean;
  payload: unknown;
}

/**
 * What makes an event itself. The client's own key where it sent one; else a digest of the payload, for good where the payload
 * has an id of its own and for a minute where two events may look alike. Ends are told apart by what came before them.
 */
export function idempotencyOf(parts: KeyParts): { idempotencyKey: string; isKeyShortLived: boolean } {
  const { userId, agent, nativeSessionId, event, ingestKey } = parts;
  if (ingestKey) return { idempotencyKey: digest([userId, ingestKey]), isKeyShortLived: false };
  if (parts.kind === 'session-end' && !parts.hasOccurrenceId) return { idempotencyKey: randomUUID(), isKeyShortLived: true };
  return { idempotencyKey: digest([userId, agent, nativeSessionId, event, canonical(parts.payload)]), isKeyShortLived: !parts.hasOccurrenceId };
}

function digest(parts: readonly string[]): string {
  return hash('sha256', parts.join('\0'), 'base64url');
}

/** JSON with sorted keys, so that a client that re-encodes an event does not make a new one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each);
}
