import { boundText } from '#libs/redaction';
import { currentTraceId } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import { AUDIT_ACTIONS, type AuditAction, type AuditFacts, type AuditValue } from './audit-actions.js';

/** Of what is named by its id nothing needs to be taken out; `token:` and an id would look like a secret. */
const BY_ID = /^[a-z-]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TARGET_BYTES_MAX = 512;
const VALUE_BYTES_MAX = 256;
const LIST_MAX = 20;

/** What is to be recorded of one change. */
export interface AuditedChange<A extends AuditAction = AuditAction> {
  readonly action: A;
  /** `<kind>:<id>`, where the id is a name or an id: `token:6f0c…`, `project:acme/shop`. */
  readonly target: `${string}:${string}`;
  /** Done, unless told. */
  readonly result?: 'done' | 'refused';
  readonly before?: AuditFacts<A>;
  readonly after?: AuditFacts<A>;
  /** How often, where several of a kind stand in one entry. */
  readonly count?: number;
}

/** An entry as it is hashed, kept and shown: the order of its fields is part of it. */
export interface AuditEntry {
  /** UTC, in milliseconds, by the clock of the process that recorded it. */
  at: string;
  action: AuditAction;
  target: string;
  result: 'done' | 'refused';
  /** By id: what people are called is looked up, so that the log need not change when one is erased. */
  actor: { type: 'user' | 'service'; id: string; token_id: string | null };
  from: { address: string | null; client: string | null };
  request_id: string | null;
  count: number;
  before: Record<string, AuditValue> | null;
  after: Record<string, AuditValue> | null;
}

/** Pure but for the trace. Texts are redacted before they are cut; fields that the action does not list are left out. */
export function auditEntry<A extends AuditAction>(scope: TenantScope, change: AuditedChange<A>, at: Date): AuditEntry {
  const { actor, origin } = scope;
  const facts = (given: AuditFacts<A> | undefined) => (given ? listed(change.action, given) : null);
  return {
    at: at.toISOString(),
    action: change.action,
    target: BY_ID.test(change.target) ? change.target : fit(change.target, TARGET_BYTES_MAX),
    result: change.result ?? 'done',
    actor: actor.type === 'user'
      ? { type: 'user', id: actor.userId, token_id: origin?.tokenId ?? null }
      : { type: 'service', id: actor.service, token_id: null },
    from: { address: origin?.address ?? null, client: origin?.client ?? null },
    request_id: origin?.requestId ?? currentTraceId() ?? null,
    count: change.count ?? 1,
    before: facts(change.before),
    after: facts(change.after),
  };
}

function listed(action: AuditAction, given: Readonly<Record<string, AuditValue | undefined>>): Record<string, AuditValue> {
  const fields: readonly string[] = AUDIT_ACTIONS[action];
  return Object.fromEntries(fields.flatMap((field) => (given[field] === undefined ? [] : [[field, bounded(given[field])]])));
}

function bounded(value: AuditValue): AuditValue {
  if (typeof value === 'string') return fit(value, VALUE_BYTES_MAX);
  return typeof value === 'object' && value !== null ? value.slice(0, LIST_MAX).map((each) => fit(each, VALUE_BYTES_MAX)) : value;
}

/** Postgres keeps neither NUL nor half of a surrogate pair. */
function fit(text: string, bytesMax: number): string {
  return boundText(text.replaceAll('\0', '').toWellFormed(), bytesMax).text;
}
