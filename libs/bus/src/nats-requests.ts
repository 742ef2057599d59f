import { randomUUID } from 'node:crypto';
import { type Msg, type NatsConnection, RequestError, type Subscription, TimeoutError } from '@nats-io/transport-node';
import { Fault, TIMED_OUT, UNAVAILABLE } from '#libs/faults';
import { received, toNats } from './nats-message.js';
import { Peers } from './peers.js';
import type { RequestHandler } from './transport.js';
import type { WireMessage, WireReply } from './wire.js';

/** To whoever of an app takes it: where nobody has said who they are. */
const ANYONE_PREFIX = 'ai-memory.request.';
/** To one process, by its name. */
const ONE_PREFIX = 'ai-memory.to.';
/** Where each process that serves says so, once a beat. */
const PRESENCE = 'ai-memory.present';
const BEAT_MS = 1_000;

interface Presence {
  name: string;
  apps: string[];
}

/**
 * Requests by core NATS, each to the process that has the least of ours in hand, among those that say every second that they are there. A queue group would go on
 * giving a process its share whose connection is dead, until NATS has found out, which those requests keep it from.
 */
export class NatsRequests {
  private readonly handlers = new Map<string, RequestHandler>();
  private readonly peers = new Peers();
  private readonly subscriptions: Subscription[] = [];
  /** Of this process on this connection: on the next it has another, as NATS may still hold the dead one for alive. */
  private name = '';
  private named: Subscription[] = [];
  private isConnected = true;
  private beats: NodeJS.Timeout | undefined;

  constructor(private readonly connection: NatsConnection, private readonly track: (work: Promise<void>) => Promise<void>) {
    void this.watch();
  }

  serve(subject: string, handler: RequestHandler): void {
    this.handlers.set(subject, handler);
  }

  open(): void {
    this.subscriptions.push(this.connection.subscribe(PRESENCE, { callback: (_error, message) => this.hear(message.json<Presence>()) }));
    for (const subject of this.handlers.keys()) this.subscriptions.push(this.connection.subscribe(ANYONE_PREFIX + subject, { queue: subject, callback: this.answering(subject) }));
    this.takeName();
    this.beats = setInterval(() => this.beat(), BEAT_MS);
  }

  /** Rejects as `BusTransport.request` does. */
  async request(message: WireMessage, timeoutMs: number): Promise<WireReply> {
    const app = appOf(message.subject);
    const gone = new Set<string>();
    for (let peer = this.peers.leastBusy(app, gone); peer !== undefined; peer = this.peers.leastBusy(app, gone)) {
      try {
        return await this.peers.during(peer, () => this.send(`${ONE_PREFIX}${peer}.${message.subject}`, message, timeoutMs));
      } catch (error) {
        if (!(error instanceof RequestError && error.isNoResponders())) throw asFault(error, message.subject);
        gone.add(peer);
      }
    }
    if (this.peers.isAnySilent(app)) throw new Fault(UNAVAILABLE, { detail: `${message.subject}: nothing is heard of who serves it`, retryAfterSeconds: 1 });
    return this.send(ANYONE_PREFIX + message.subject, message, timeoutMs).catch((error: unknown) => Promise.reject(asFault(error, message.subject)));
  }

  /** Drained, not dropped: the server may have sent requests here that have not been looked at yet. */
  async close(): Promise<void> {
    clearInterval(this.beats);
    if (this.named.length > 0) this.say([]);
    await Promise.all([...this.subscriptions, ...this.named].map((subscription) => subscription.drain().catch(() => undefined)));
  }

  private async send(to: string, message: WireMessage, timeoutMs: number): Promise<WireReply> {
    const reply = await this.connection.request(to, JSON.stringify(message.body), { timeout: timeoutMs, headers: toNats(message.headers) });
    return reply.json<WireReply>();
  }

  private answering(subject: string) {
    const handler = this.handlers.get(subject)!;
    return (_error: Error | null, message: Msg): void => void this.track(answer(message, subject, handler));
  }

  private takeName(): void {
    for (const subscription of this.named) subscription.unsubscribe();
    this.name = randomUUID();
    this.named = [...this.handlers.keys()].map((subject) => this.connection.subscribe(`${ONE_PREFIX}${this.name}.${subject}`, { callback: this.answering(subject) }));
    this.say(this.apps());
  }

  private beat(): void {
    this.peers.beatPassed();
    if (this.isConnected) this.say(this.apps());
  }

  private say(apps: string[]): void {
    if (this.handlers.size > 0 && !this.connection.isClosed()) this.connection.publish(PRESENCE, JSON.stringify({ name: this.name, apps } satisfies Presence));
  }

  private hear({ name, apps }: Presence): void {
    if (apps.length === 0) this.peers.left(name);
    else this.peers.heard(name, apps);
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect') this.isConnected = false;
      if (type === 'reconnect') this.reconnected();
    }
  }

  private reconnected(): void {
    this.isConnected = true;
    this.peers.excuseAll();
    if (this.named.length > 0) this.takeName();
  }

  private apps(): string[] {
    return [...new Set([...this.handlers.keys()].map(appOf))];
  }
}

/** A subject begins with the name of the app that serves it. */
function appOf(subject: string): string {
  return subject.slice(0, subject.indexOf('.'));
}

async function answer(message: Msg, subject: string, handler: RequestHandler): Promise<void> {
  const reply = await handler(received(subject, message));
  message.respond(JSON.stringify(reply));
}

function asFault(error: unknown, subject: string): Fault {
  if (error instanceof TimeoutError) return new Fault(TIMED_OUT, { cause: error, detail: subject });
  return new Fault(UNAVAILABLE, { cause: error, detail: `${subject}: ${String(error)}`, retryAfterSeconds: 1 });
}
