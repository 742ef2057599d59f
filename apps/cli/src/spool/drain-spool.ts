import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, ServerClient } from '../client/server-client.js';
import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX, type BatchItem, bySession, itemOf, readBatchAnswer, verdictOf } from './batch.js';
import { isOurs, release, takeOver } from './drain-lock.js';
import { listEvents, readEvent } from './event-file.js';
import { recordFailure, recordSuccess } from './send-record.js';
import { type SpoolPaths, spoolPathsOf } from './spool-paths.js';

export interface DrainOptions {
  home: string;
  /** Should wait as long as the storing of a batch may take: a minute. */
  server: Pick<ServerClient, 'send'>;
  now(): Date;
  /** In [0, 1). */
  random(): number;
  onProgress?(done: number, events: number): void;
}

export interface Drained {
  sent: number;
  /** Given up, by reason (`SpoolState.dropped`). */
  dropped: Record<string, number>;
  left: number;
  /** Why some are left, as the server's status; 0 where there was no answer. */
  status?: number;
}

interface Ready {
  name: string;
  item: BatchItem;
}

/**
 * Sends the events of a client home, oldest first, until none are left or the server takes no more. Where a hook's drainer is
 * at the same, the server knows by their ingest keys what it gets twice. Gives up only what is an event's own fault.
 */
export async function drainSpool(options: DrainOptions): Promise<Drained> {
  const paths = spoolPathsOf(options.home);
  mkdirSync(paths.dropped, { recursive: true, mode: 0o700 });
  takeOver(paths.lock, options.now());
  try {
    return await new Drain(paths, options).run();
  } finally {
    release(paths.lock);
  }
}

class Drain {
  private pending: string[];
  private eventsMax = BATCH_EVENTS_MAX;
  private readonly drained: Drained = { sent: 0, dropped: {}, left: 0 };

  constructor(private readonly paths: SpoolPaths, private readonly options: DrainOptions) {
    this.pending = listEvents(paths.spool);
  }

  async run(): Promise<Drained> {
    const events = this.pending.length;
    while (this.pending.length > 0 && this.drained.status === undefined && isOurs(this.paths.lock)) {
      takeOver(this.paths.lock, this.options.now());
      const batch = bySession(this.takeBatch());
      if (batch.length > 0) await this.send(batch);
      this.options.onProgress?.(events - this.pending.length, events);
    }
    return { ...this.drained, left: listEvents(this.paths.spool).length };
  }

  /** As many as one request may hold. Those that are no events at all are given up on the way. */
  private takeBatch(): Ready[] {
    const batch: Ready[] = [];
    for (let bytes = 0; this.pending.length > 0 && batch.length < this.eventsMax; this.pending.shift()) {
      const event = readEvent(this.paths.spool, this.pending[0]!);
      if (event === 'too-large') {
        this.drop(this.pending[0]!, event);
        continue;
      }
      const item = event && itemOf(event);
      if (event && !item) this.drop(event.name, event.body.trim() === '' ? 'empty' : 'not-json');
      if (!event || !item) continue;
      bytes += Buffer.byteLength(event.body);
      if (batch.length > 0 && bytes > BATCH_BYTES_MAX) return batch;
      batch.push({ name: event.name, item });
    }
    return batch;
  }

  private async send(batch: readonly Ready[]): Promise<void> {
    const answer = await this.post(batch.map(({ item }) => item));
    const verdict = verdictOf(answer.status);
    if (verdict === 'refused') return this.isolate(batch, answer.status);
    const { settled, dropped } = verdict === 'answered' ? readBatchAnswer(answer.text, batch.length) : { settled: [], dropped: [] };
    this.settle(batch, settled, dropped);
    if (settled.length > 0) return recordSuccess(this.paths, this.options.now());
    this.drained.status = answer.status;
    recordFailure(this.paths, { ...answer, verdict }, this.options);
  }

  /** Status 0 is for no answer. */
  private post(items: readonly BatchItem[]): Promise<Pick<Answer, 'status' | 'text'> & { retryAfter: string | null }> {
    return this.options.server.send('/hook/batch', { method: 'POST', body: items }).then(
      ({ status, text, headers }) => ({ status, text, retryAfter: headers.get('retry-after') }),
      () => ({ status: 0, text: '', retryAfter: null }),
    );
  }

  private settle(batch: readonly Ready[], settled: readonly number[], dropped: readonly string[]): void {
    const places = new Set(settled);
    for (const place of places) rmSync(join(this.paths.spool, batch[place]!.name), { force: true });
    for (const outcome of dropped) this.count(outcome);
    this.pending.unshift(...batch.filter((_, place) => !places.has(place)).map(({ name }) => name));
    this.drained.sent += settled.length - dropped.length;
    this.eventsMax = Math.min(this.eventsMax * 2, BATCH_EVENTS_MAX);
  }

  /** Finds the event that the server refuses by sending less and less at a time. */
  private isolate(batch: readonly Ready[], status: number): void {
    if (batch.length === 1) return this.drop(batch[0]!.name, `http-${status}`);
    this.pending.unshift(...batch.map(({ name }) => name));
    this.eventsMax = Math.floor(batch.length / 2);
  }

  private drop(name: string, reason: string): void {
    rmSync(join(this.paths.spool, name), { force: true });
    this.count(reason);
  }

  private count(reason: string): void {
    appendFileSync(join(this.paths.dropped, reason), ' ', { mode: 0o600 });
    this.drained.dropped[reason] = (this.drained.dropped[reason] ?? 0) + 1;
  }
}
