import { Fault, TIMED_OUT, UNAVAILABLE } from '#libs/faults';
import { jsonCopy } from './json-copy.js';
import type { BusTransport, EventHandler, QueueState, RequestHandler } from './transport.js';
import type { WireMessage, WireReply } from './wire.js';

const DRAIN_TIMEOUT_MS = 8_000;

/**
 * All apps in one process. Messages come out as they would of JSON, both ways, so that nothing works here that would not over the wire.
 * An event is published when every listener has handled it; until then the outbox keeps it.
 */
export class InProcessTransport implements BusTransport {
  private readonly servers = new Map<string, RequestHandler>();
  private readonly listeners = new Map<string, EventHandler[]>();
  private readonly noticers = new Map<string, EventHandler[]>();
  private readonly inFlight = new Set<Promise<unknown>>();
  private isOpen = false;

  serve(subject: string, handler: RequestHandler): void {
    this.servers.set(subject, handler);
  }

  hear(subject: string, _listener: string, handler: EventHandler): void {
    this.listeners.set(subject, [...(this.listeners.get(subject) ?? []), handler]);
  }

  notice(subject: string, handler: EventHandler): void {
    this.noticers.set(subject, [...(this.noticers.get(subject) ?? []), handler]);
  }

  tell(message: WireMessage): void {
    for (const handler of this.noticers.get(message.subject) ?? []) void this.track(handler(jsonCopy(message)));
  }

  async open(): Promise<void> {
    this.isOpen = true;
  }

  async request(message: WireMessage, timeoutMs: number): Promise<WireReply> {
    const handler = this.servers.get(message.subject);
    if (!handler || !this.isOpen) throw new Fault(UNAVAILABLE, { detail: `nobody serves ${message.subject}`, retryAfterSeconds: 1 });
    const reply = await withTimeout(this.track(handler(jsonCopy(message))), timeoutMs, message.subject);
    return jsonCopy(reply);
  }

  async publish(message: WireMessage): Promise<void> {
    if (!this.isOpen) throw new Fault(UNAVAILABLE, { detail: 'the bus is closed' });
    await Promise.all((this.listeners.get(message.subject) ?? []).map((handler) => this.track(handler(jsonCopy(message)))));
  }

  async queues(): Promise<QueueState[]> {
    return [];
  }

  async stream(): Promise<undefined> {
    return undefined;
  }

  /** Never: there is no connection. */
  onSilence(): void {}

  async close(): Promise<void> {
    const deadline = Date.now() + DRAIN_TIMEOUT_MS;
    while (this.inFlight.size > 0 && Date.now() < deadline) await Promise.race([Promise.allSettled(this.inFlight), sleep(deadline - Date.now())]);
    this.isOpen = false;
  }

  async ping(): Promise<void> {
    if (!this.isOpen) throw new Fault(UNAVAILABLE, { detail: 'the bus is not open' });
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.inFlight.add(work);
    try {
      return await work;
    } finally {
      this.inFlight.delete(work);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number, subject: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault(TIMED_OUT, { detail: `${subject} after ${timeoutMs} ms` })), timeoutMs);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
