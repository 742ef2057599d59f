import type { WireMessage, WireReply } from './wire.js';

export type RequestHandler = (message: WireMessage) => Promise<WireReply>;
export type EventHandler = (message: WireMessage) => Promise<void>;

/** What a listener of this process has before it. */
export interface QueueState {
  readonly subject: string;
  readonly listener: string;
  readonly pending: number;
  readonly unacknowledged: number;
  readonly redelivered: number;
}

export interface StreamState {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * How messages move. Two bindings exist: inside one process, and over NATS with JetStream. Feature code never knows which.
 */
export interface BusTransport {
  /** Rejects with `timeout` after `timeoutMs`, with `unavailable` where nobody serves the subject. */
  request(message: WireMessage, timeoutMs: number): Promise<WireReply>;
  /** Resolves when the event can't be lost any more: kept by the stream, or handled by everybody who hears it. */
  publish(message: WireMessage): Promise<void>;
  serve(subject: string, handler: RequestHandler): void;
  /** Each listener gets every event at least once; replicas of a listener share. Over the wire a replica is given at most so many at once. */
  hear(subject: string, listener: string, handler: EventHandler, atOnce?: number): void;
  /** Tells every process that is there right now, this one included; what is lost is lost. */
  tell(message: WireMessage): void;
  /** Every replica gets every signal. */
  notice(subject: string, handler: EventHandler): void;
  /** Handlers are in place: take traffic. */
  open(): Promise<void>;
  /** Takes no more traffic, waits for work in flight (bounded), then lets go. */
  close(): Promise<void>;
  /** Of the listeners in this process; none where events wait in the outbox alone. */
  queues(): Promise<QueueState[]>;
  /** What keeps the events; undefined where that is the outbox. */
  stream(): Promise<StreamState | undefined>;
  /** `action` is called whenever the connection that messages move over is found to have gone without a word. */
  onSilence(action: () => void): void;
  /** Throws where messages can't move right now. */
  ping(): Promise<void>;
}
