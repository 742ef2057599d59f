import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { type ProductAddress, type Topology } from './product.js';

export interface RecordedEvent {
  at: string;
  event: string;
  payload: Record<string, unknown>;
}

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is not. */
  json: T;
}

/** A caller of the public door, with a token or as nobody. */
export class Client {
  constructor(readonly url: string, readonly token: string | undefined) {}

  async send<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) as T };
  }

  get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, headers);
  }

  post<T = Record<string, unknown>>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, headers);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function productOf(topology: Topology): ProductAddress {
  return inject('products')[topology];
}

/** The bootstrap owner. */
export function ownerOf(topology: Topology): Client {
  const { url, token } = productOf(topology);
  return new Client(url, token);
}

export interface Organisation {
  organisationId: string;
  owner: Client;
}

/** A new organisation and a client of its owner. */
export async function newOrganisation(topology: Topology, name = `org-${randomUUID().slice(0, 8)}`): Promise<Organisation> {
  const answer = await ownerOf(topology).post<{ organisation: { organisation_id: string }; token: { token: string } }>('/api/v1/organisations', { name, owner: { name: 'dev', email: 'dev@example.com' } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  const organisationId = answer.json.organisation.organisation_id;
  return { organisationId, owner: new Client(productOf(topology).url, answer.json.token.token) };
}

/** A recorded session under a session id of its own, in order. */
export function recordedSession(agent: string, sessionId: string = randomUUID()): RecordedEvent[] {
  const lines = readFileSync(new URL(`../fixtures/${agent}/_session.jsonl`, import.meta.url), 'utf8').trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as RecordedEvent);
  const original = String(events[0]!.payload.session_id);
  return events.map((event) => JSON.parse(JSON.stringify(event).replaceAll(original, sessionId)) as RecordedEvent);
}

const LOADED_AT = Date.now();

/** With the distances in time at which the events were recorded, the last one when this file was loaded: old ones count as history. */
export function withTimes(events: readonly RecordedEvent[]): RecordedEvent[] {
  const movedMs = LOADED_AT - Date.parse(events.at(-1)!.at);
  return events.map((event) => ({ ...event, payload: { ...event.payload, occurred_at: new Date(Date.parse(event.at) + movedMs).toISOString() } }));
}

export function hookPath(agent: string, event: string, query = ''): string {
  return `/hook?event=${event}&agent=${agent}${query}`;
}

/** What a git client posts to a project's repository. */
export function gitCall({ workspace, project }: { workspace: string; project: string }, service: string, body: string) {
  return { method: 'POST', path: `/git/${workspace}/${project}.git/${service}`, body, headers: { 'content-type': `application/x-${service}-request`, 'git-protocol': 'version=2' } };
}
