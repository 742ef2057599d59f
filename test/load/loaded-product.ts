import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Pool } from 'undici';
import { runningPostgresUrl } from '#libs/embedded';
import { newOrganisation } from '../bench/product-search.js';
import { startProduct, type Topology } from '../system/product.js';
import { type HookCall, PayloadSource, RecordedSessions } from './recorded-events.js';

/** Where each organisation's agents work. */
export const PLACE = 'workspace=acme&project=shop';
/** So many that nothing is refused, and every request still counts against them. */
const AMPLE = { requests: 100_000_000, events: 100_000_000, searches: 100_000_000 };
const LIMITS = { token: AMPLE, user: AMPLE, organisation: AMPLE };
/** Of as many agents, each of which waits for its answer: with fewer, it is the generator that lets no more in. */
const CONNECTIONS = 512;
const POLL_MS = 100;

/** What waits behind the acknowledgements. */
export interface Lag {
  /** Events that are stored and not in the index yet. */
  unindexed: number;
  /** Ended sessions without their page. */
  uncompiled: number;
  outbox: number;
}

export interface Writer {
  token: string;
  sessions: RecordedSessions;
}

export interface LoadShape {
  organisations: number;
  /** That are under way at a time, in all. */
  sessions: number;
  /** Events of a session, its start and its end among them. */
  sessionEvents: number;
}

/** The product as `npm start` starts it, with organisations whose agents are at work. */
export class LoadedProduct {
  private turn = 0;

  private constructor(readonly pid: number, readonly url: string, readonly ownerToken: string, private readonly pool: Pool, readonly database: pg.Client, readonly writers: readonly Writer[], readonly stop: () => Promise<void>) {}

  static async start(topology: Topology, { organisations, sessions, sessionEvents }: LoadShape, env: Record<string, string> = {}): Promise<LoadedProduct> {
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-load-'));
    chmodSync(dataDir, 0o711);
    const product = await startProduct(topology, dataDir, { AI_MEMORY_LOG_LEVEL: 'error', AI_MEMORY_LIMITS: JSON.stringify(LIMITS), ...env });
    const database = new pg.Client({ connectionString: runningPostgresUrl(dataDir) });
    await database.connect();
    const pool = new Pool(product.url, { connections: CONNECTIONS });
    const source = new PayloadSource();
    const writers: Writer[] = [];
    for (let index = 0; index < organisations; index += 1) {
      const token = await newOrganisation({ url: product.url, token: product.token, pid: 0, stop: async () => undefined });
      writers.push({ token, sessions: new RecordedSessions(`&${PLACE}&project_src=marker`, Math.ceil(sessions / organisations), sessionEvents, source, index / organisations) });
    }
    const stop = async (): Promise<void> => {
      await Promise.all([pool.destroy(), database.end()]);
      await product.stop();
      rmSync(dataDir, { recursive: true, force: true });
    };
    return new LoadedProduct(product.process.pid!, product.url, product.token, pool, database, writers, stop);
  }

  /** A request with so many events of the organisation whose turn it is: one by itself, several as a batch. What is returned sends it, and resolves with how many were acknowledged. */
  prepare(events: number): () => Promise<number> {
    this.turn += 1;
    const { token, sessions } = this.writers[this.turn % this.writers.length]!;
    if (events > 1) {
      const batch = batchOf(sessions.nextBatch(events));
      return () => this.sendBatch(token, batch, events);
    }
    const { path, body } = sessions.next();
    return async () => {
      await this.post(token, path, body);
      return 1;
    };
  }

  async lag(): Promise<Lag> {
    const { rows } = await this.database.query<Lag>(
      `SELECT coalesce(sum(generation - indexed_generation), 0)::int AS unindexed, count(*) FILTER (WHERE ended_at IS NOT NULL AND compiled_generation < generation)::int AS uncompiled,
         (SELECT count(*) FROM capture.outbox)::int AS outbox FROM capture.sessions WHERE indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation)`);
    return rows[0]!;
  }

  /** Resolves once all that was captured is indexed and compiled, with how long that took. */
  async caughtUp(timeoutMs: number): Promise<number> {
    const startedAt = performance.now();
    while (performance.now() - startedAt < timeoutMs) {
      const { unindexed, uncompiled } = await this.lag();
      if (unindexed === 0 && uncompiled === 0) return performance.now() - startedAt;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return Infinity;
  }

  private async sendBatch(token: string, batch: string, events: number): Promise<number> {
    const answer = JSON.parse(await this.post(token, '/hook/batch', batch)) as { accepted: number };
    if (answer.accepted < events) throw new Error(`a batch stopped after ${answer.accepted} of ${events}`);
    return answer.accepted;
  }

  private post(token: string, path: string, body: string): Promise<string> {
    return this.ask(token, 'POST', path, body);
  }

  /** The text of an answer; throws for one that is no success. */
  async ask(token: string, method: 'GET' | 'POST', path: string, sent?: string): Promise<string> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const { statusCode, body: answer } = await this.pool.request({ method, path, body: sent ?? null, headers });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`answered with ${statusCode} (${/"code":"([^"]+)"/.exec(text)?.[1] ?? 'no problem'})`);
    return text;
  }
}

function batchOf(calls: readonly HookCall[]): string {
  return `[${calls.map(({ path, body }) => `{"url":"http://laptop${path}","body":${body}}`).join(',')}]`;
}
