import { BaseRpcContext, type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { defineFault, ERASED, Fault } from '#libs/faults';
import { ATTRIBUTE, continueTrace, inSpan, logger } from '#libs/telemetry';
import { measureEvent, measureRequest, observeTransport } from './bus-metrics.js';
import type { BusTransport } from './transport.js';
import { ATTEMPTS_MAX, HEADER, replyOfError, valueOfReply, type WireMessage, type WireReply } from './wire.js';

const SATURATED = defineFault('bus.saturated', 'limited', 'The service is busy. Try again in a second.');

/** Requests one process works on at the same time, over all subjects; more are refused as `limited`. */
const IN_FLIGHT_MAX = 1_024;

/** Keeps what a listener could not handle in the last attempt either. */
export interface DeadLetters {
  bury(message: WireMessage, listener: string, code: string): Promise<void>;
}

/**
 * Nest's transport strategy over our bus: Nest finds the handlers, this puts them in place. Unlike Nest's own transports it
 * refuses a second server of a subject, gives every listening app its own durable consumer, and counts work in flight.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  private readonly seen = new Set<string>();
  private inFlight = 0;

  private observed: { stop(): void } | undefined;

  constructor(private readonly transport: BusTransport, private readonly deadLetters: DeadLetters) {
    super();
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: Record<string, unknown> = {}): void {
    const subject = String(pattern);
    if (extras.isSignal) return this.transport.notice(subject, (message) => this.handleNoticed(callback, message));
    const listener = isEventHandler ? String(extras.listener) : '';
    const key = `${subject} ${listener}`;
    if (this.seen.has(key)) throw new Error(`Two handlers for ${key.trim()}`);
    this.seen.add(key);
    if (isEventHandler) this.transport.hear(subject, listener, (message) => this.handleHeard(callback, message, listener), extras.atOnce as number | undefined);
    else this.transport.serve(subject, (message) => this.handleAsked(callback, message));
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    await this.transport.open().then(() => callback(), callback);
    this.observed = observeTransport(this.transport);
  }

  async close(): Promise<void> {
    this.observed?.stop();
    await this.transport.close();
  }

  on(): void {}

  unwrap<T>(): T {
    return this.transport as T;
  }

  private async handleAsked(callback: MessageHandler, message: WireMessage): Promise<WireReply> {
    if (this.inFlight >= IN_FLIGHT_MAX) return replyOfError(new Fault(SATURATED, { retryAfterSeconds: 1 }));
    this.inFlight += 1;
    const startedAt = performance.now();
    try {
      const reply = (await this.call(callback, message, `serve ${message.subject}`, 'server')) as WireReply;
      measureRequest(message.subject, startedAt, reply);
      return reply;
    } finally {
      this.inFlight -= 1;
    }
  }

  /** An event of what has been erased is handled by that: another attempt would fail like the first. */
  private async handleHeard(callback: MessageHandler, message: WireMessage, listener: string): Promise<void> {
    const startedAt = performance.now();
    const reply = (await this.call(callback, message, `hear ${message.subject}`, 'consumer', listener)) as WireReply;
    measureEvent(message, listener, startedAt, reply);
    if (!reply.ok && reply.fault.code === ERASED.code) return;
    if (!reply.ok && Number(message.headers[HEADER.attempt]) >= ATTEMPTS_MAX) return this.deadLetters.bury(message, listener, reply.fault.code);
    valueOfReply(reply);
  }

  private async handleNoticed(callback: MessageHandler, message: WireMessage): Promise<void> {
    const reply = (await this.call(callback, message, `notice ${message.subject}`, 'consumer')) as WireReply;
    if (!reply.ok) logger.warn({ subject: message.subject, code: reply.fault.code, detail: reply.fault.detail }, 'A signal could not be handled');
  }

  private call(callback: MessageHandler, message: WireMessage, name: string, role: 'server' | 'consumer', listener?: string): Promise<unknown> {
    const attributes = {
      [ATTRIBUTE.messagingDestination]: message.subject, [ATTRIBUTE.messagingMessageId]: message.id, [ATTRIBUTE.messagingOperation]: 'process',
      ...(listener ? { [ATTRIBUTE.messagingGroup]: listener, [ATTRIBUTE.messagingAttempt]: Number(message.headers[HEADER.attempt]) } : {}),
    };
    return continueTrace(message.headers, () => inSpan(name, role, attributes, async () => {
      const stream = this.transformToObservable(await callback(message, new BaseRpcContext([message])));
      return new Promise((resolve, reject) => {
        let last: unknown;
        stream.subscribe({ next: (value) => (last = value), error: reject, complete: () => resolve(last) });
      });
    }));
  }
}
