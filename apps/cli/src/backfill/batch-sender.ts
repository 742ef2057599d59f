import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT, Failure } from '../client/failure.js';
import type { ServerClient } from '../client/server-client.js';
import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX, type BatchItem, verdictOf } from '../spool/batch.js';

const ATTEMPTS_MAX = 6;
const FIRST_PAUSE_MS = 500;
/** Longer pauses than this a person is asked to wait out. */
const ASKED_SECONDS_MAX = 120;

const BatchAnswer = z.object({ results: z.array(z.object({ outcome: z.string() })) });

export interface Sent {
  new: number;
  there: number;
  dropped: number;
}

/** Sends events in batches, in order. Throws a Failure where the server takes no more; what was sent before is stored. */
export class BatchSender {
  private items: BatchItem[] = [];
  private bytes = 0;
  readonly sent: Sent = { new: 0, there: 0, dropped: 0 };

  constructor(private readonly server: ServerClient, private readonly pauseMs = FIRST_PAUSE_MS, private readonly pause: (ms: number) => Promise<void> = sleep) {}

  async add(item: BatchItem): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (bytes > BATCH_BYTES_MAX) return void (this.sent.dropped += 1);
    if (this.items.length >= BATCH_EVENTS_MAX || this.bytes + bytes > BATCH_BYTES_MAX) await this.flush();
    this.items.push(item);
    this.bytes += bytes;
  }

  async flush(): Promise<void> {
    const { items } = this;
    this.items = [];
    this.bytes = 0;
    await this.sendAll(items);
  }

  private async sendAll(items: readonly BatchItem[]): Promise<void> {
    let left = items;
    for (let failures = 0; left.length > 0;) {
      const { settled, status, retryAfterSeconds } = await this.sendOnce(left);
      left = left.slice(settled);
      if (settled > 0) failures = 0;
      else if (verdictOf(status) === 'refused') return this.sendHalves(left);
      else await this.waitAfter(failures += 1, status, retryAfterSeconds);
    }
  }

  /** One of the events is why the others are refused. */
  private async sendHalves(items: readonly BatchItem[]): Promise<void> {
    if (items.length === 1) return void (this.sent.dropped += 1);
    await this.sendAll(items.slice(0, items.length / 2));
    await this.sendAll(items.slice(items.length / 2));
  }

  private async sendOnce(items: readonly BatchItem[]): Promise<{ settled: number; status: number; retryAfterSeconds: number }> {
    const answer = await this.server.send('/hook/batch', { method: 'POST', body: items }).catch(() => undefined);
    if (verdictOf(answer?.status ?? 0) === 'for-a-person') this.server.refuse(answer!);
    if (answer?.status !== 200) return { settled: 0, status: answer?.status ?? 0, retryAfterSeconds: secondsIn(answer?.headers.get('retry-after')) };
    const { results } = this.server.read(BatchAnswer, answer);
    for (const { outcome } of results) this.sent[tally(outcome)] += 1;
    return { settled: results.length, status: answer.status, retryAfterSeconds: 0 };
  }

  /** As long as the server asks for, but never shorter than it would be otherwise. */
  private async waitAfter(failures: number, status: number, askedSeconds: number): Promise<void> {
    if (failures < ATTEMPTS_MAX && askedSeconds <= ASKED_SECONDS_MAX) return this.pause(Math.max(askedSeconds * 1_000, this.pauseMs * 2 ** (failures - 1)));
    const reason = status === 0 ? 'is not reachable' : `answers with status ${status}`;
    throw new Failure(`${this.server.url} ${reason}. What was imported is kept; run the same command again to go on`, EXIT.unreachable);
  }
}

function secondsIn(header: string | null | undefined): number {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : 0;
}

function tally(outcome: string): keyof Sent {
  if (outcome === 'stored' || outcome === 'resumed') return 'new';
  return outcome === 'replayed' || outcome === 'ignored_end' ? 'there' : 'dropped';
}
