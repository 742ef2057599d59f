import { AckPolicy, type ConsumerMessages, jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager, type JsMsg, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { connect, type Msg, nanos, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { Fault, isOutage, UNAVAILABLE } from '#libs/faults';
import { logger } from '#libs/telemetry';
import { fromNats, received, toNats } from './nats-message.js';
import { NatsRequests } from './nats-requests.js';
import type { BusTransport, EventHandler, QueueState, RequestHandler, StreamState } from './transport.js';
import { ATTEMPTS_MAX, HEADER, type WireMessage, type WireReply } from './wire.js';

/** What is asked of NATS when replicas are scaled by it (k8s/components/keda). */
export const EVENT_STREAM = 'AI_MEMORY_EVENTS';
const EVENT_PREFIX = 'ai-memory.event.';
const SIGNAL_PREFIX = 'ai-memory.signal.';
const EVENT_AGE_MAX_DAYS = 7;
/** Longer than any handler may take; a message not acknowledged by then is delivered again. */
const ACK_WAIT_MS = 60_000;
/** Where a dead letter can not be kept, it is tried a few times more; then only the sweeps know of it. */
const DELIVERIES_MAX = ATTEMPTS_MAX + 5;
/** Of a listener that does not say otherwise. */
const CONCURRENT_EVENTS_MAX = 16;
const DRAIN_TIMEOUT_MS = 8_000;
/** A server that leaves two of these unanswered is not there any more, whatever the connection looks like: the next one is tried. */
const PING_EVERY_MS = 2_000;
/** Five round trips, with TLS, of half a second. One that was begun while nothing passes is given up soon, so that the next may get through. */
const CONNECT_TIMEOUT_MS = 3_000;
/** A page of the largest size and its frontmatter must fit after JSON escaping. */
const PAYLOAD_BYTES_MIN = 1024 * 1024;

interface Listener {
  subject: string;
  listener: string;
  handler: EventHandler;
  atOnce: number;
}

/** Requests by core NATS, events by JetStream with one durable pull consumer a listening app. */
export class NatsTransport implements BusTransport {
  private readonly requests: NatsRequests;
  private readonly listeners: Listener[] = [];
  private readonly noticers: [subject: string, handler: EventHandler][] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly consumers: ConsumerMessages[] = [];
  private readonly inFlight = new Set<Promise<void>>();

  private constructor(private readonly connection: NatsConnection, private readonly events: JetStreamClient, private readonly manager: JetStreamManager) {
    this.requests = new NatsRequests(connection, (work) => this.track(work));
  }

  /** Events are kept on so many servers of a cluster. */
  static async connect(url: string, name: string, replicas = 1): Promise<NatsTransport> {
    const connection = await connect({ ...serversOf(url), name, maxReconnectAttempts: -1, reconnectTimeWait: 250, reconnectJitter: 250, waitOnFirstConnect: true, timeout: CONNECT_TIMEOUT_MS, pingInterval: PING_EVERY_MS, maxPingOut: 2 });
    const payloadBytesMax = connection.info?.max_payload ?? 0;
    if (payloadBytesMax < PAYLOAD_BYTES_MIN) throw new Error(`NATS max_payload is ${payloadBytesMax}; set it to at least ${PAYLOAD_BYTES_MIN} bytes (deploy/nats.conf sets 8MB).`);
    const manager = await jetstreamManager(connection);
    const stream = { name: EVENT_STREAM, subjects: [`${EVENT_PREFIX}>`], storage: StorageType.File, retention: RetentionPolicy.Limits, num_replicas: replicas, max_age: nanos(EVENT_AGE_MAX_DAYS * 86_400_000), duplicate_window: nanos(120_000) };
    await manager.streams.add(stream).catch(() => manager.streams.update(EVENT_STREAM, stream));
    return new NatsTransport(connection, jetstream(connection), manager);
  }

  serve(subject: string, handler: RequestHandler): void {
    this.requests.serve(subject, handler);
  }

  hear(subject: string, listener: string, handler: EventHandler, atOnce = CONCURRENT_EVENTS_MAX): void {
    this.listeners.push({ subject, listener, handler, atOnce });
  }

  notice(subject: string, handler: EventHandler): void {
    this.noticers.push([subject, handler]);
  }

  tell(message: WireMessage): void {
    this.connection.publish(SIGNAL_PREFIX + message.subject, JSON.stringify(message.body), { headers: toNats({ ...message.headers, [HEADER.messageId]: message.id }) });
  }

  async open(): Promise<void> {
    this.requests.open();
    for (const [subject, handler] of this.noticers) {
      const callback = (_error: Error | null, message: Msg): void => void this.track(pass(message, subject, handler));
      this.subscriptions.push(this.connection.subscribe(SIGNAL_PREFIX + subject, { callback }));
    }
    for (const listener of this.listeners) await this.consume(listener);
    await this.connection.flush();
  }

  request(message: WireMessage, timeoutMs: number): Promise<WireReply> {
    return this.requests.request(message, timeoutMs);
  }

  async publish(message: WireMessage): Promise<void> {
    await this.events.publish(EVENT_PREFIX + message.subject, JSON.stringify(message.body), { headers: toNats(message.headers), msgID: message.id, timeout: 5_000 });
  }

  async close(): Promise<void> {
    await this.requests.close();
    await Promise.all(this.subscriptions.map((subscription) => subscription.drain().catch(() => undefined)));
    await Promise.all(this.consumers.map((messages) => messages.close()));
    const deadline = new Promise((resolve) => setTimeout(resolve, DRAIN_TIMEOUT_MS).unref());
    while (this.inFlight.size > 0 && (await Promise.race([Promise.allSettled(this.inFlight).then(() => true), deadline.then(() => false)])));
    await this.connection.drain().catch(() => undefined);
  }

  onSilence(action: () => void): void {
    void this.watch(action);
  }

  async ping(): Promise<void> {
    if (this.connection.isClosed()) throw new Fault(UNAVAILABLE, { detail: 'NATS: closed' });
    await this.connection.rtt();
  }

  async queues(): Promise<QueueState[]> {
    return Promise.all(this.listeners.map(async ({ subject, listener }) => {
      const { num_pending: pending, num_ack_pending: unacknowledged, num_redelivered: redelivered } = await this.manager.consumers.info(EVENT_STREAM, durableName(subject, listener));
      return { subject, listener, pending, unacknowledged, redelivered };
    }));
  }

  async stream(): Promise<StreamState> {
    const { state: { messages, bytes } } = await this.manager.streams.info(EVENT_STREAM);
    return { messages, bytes };
  }

  private async watch(onSilence: () => void): Promise<void> {
    for await (const { type } of this.connection.status()) if (type === 'staleConnection') onSilence();
  }

  private async consume({ subject, listener, handler, atOnce }: Listener): Promise<void> {
    const durable = durableName(subject, listener);
    await this.manager.consumers.add(EVENT_STREAM, {
      durable_name: durable, filter_subject: EVENT_PREFIX + subject, ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS), max_deliver: DELIVERIES_MAX, max_ack_pending: 1_000,
    });
    const consumer = await this.events.consumers.get(EVENT_STREAM, durable);
    const messages = await consumer.consume({ max_messages: atOnce });
    this.consumers.push(messages);
    void this.pump(messages, subject, handler, atOnce);
  }

  private async pump(messages: ConsumerMessages, subject: string, handler: EventHandler, atOnce: number): Promise<void> {
    const running = new Set<Promise<void>>();
    for await (const message of messages) {
      const work = this.track(handle(message, subject, handler)).finally(() => running.delete(work));
      running.add(work);
      if (running.size >= atOnce) await Promise.race(running);
    }
  }

  private track(work: Promise<void>): Promise<void> {
    this.inFlight.add(work);
    return work.finally(() => this.inFlight.delete(work));
  }
}

/** The consumer by which a listening app gets events of a subject. */
export function durableName(subject: string, listener: string): string {
  return `${listener}-${subject}`.replace(/[^A-Za-z0-9-]/g, '-');
}

async function pass(message: Msg, subject: string, handler: EventHandler): Promise<void> {
  await handler(received(subject, message));
}

/** A handler that fails is tried again, later each time; the message stays in the stream meanwhile. */
async function handle(message: JsMsg, subject: string, handler: EventHandler): Promise<void> {
  const delivery = message.info.deliveryCount;
  try {
    await handler({ subject, id: message.headers?.get('Nats-Msg-Id') ?? String(message.seq), headers: { ...fromNats(message.headers), [HEADER.attempt]: String(delivery) }, body: message.json() });
    message.ack();
  } catch (error) {
    logger[isOutage(error) ? 'warn' : 'error']({ err: error, subject, delivery }, 'An event could not be handled');
    message.nak(Math.min(30_000, 200 * 2 ** Math.min(delivery, 10)));
  }
}

/** The client does not read credentials out of a URL. */
function serversOf(urls: string): { servers: string[]; user?: string; pass?: string } {
  const parsed = urls.split(',').map((url) => new URL(url.trim()));
  const { username, password } = parsed[0]!;
  const servers = parsed.map((url) => `${url.protocol}//${url.host}`);
  return username ? { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) } : { servers };
}
