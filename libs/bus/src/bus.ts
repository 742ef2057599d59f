import { randomUUID } from 'node:crypto';
import type { InputOf, OutputOf, PayloadOf, RequestContract, SignalContract } from '#libs/contracts';
import { encodeScope, type TenantScope } from '#libs/tenancy';
import { ATTRIBUTE, inSpan, logger, traceHeaders } from '#libs/telemetry';
import type { BusTransport } from './transport.js';
import { HEADER, valueOfReply, type WireMessage } from './wire.js';

/** An event on its way out, as the outbox keeps it. */
export interface Announcement {
  readonly id: string;
  readonly subject: string;
  readonly payload: unknown;
  /** W3C trace context of the transaction that wrote it. */
  readonly trace: Record<string, string>;
  /** When that was committed; milliseconds since 1970. */
  readonly addedAt?: number;
  /** How often publishing was tried, this time included. */
  readonly attempt?: number;
}

/** The asking side of the bus. */
export class Bus {
  constructor(private readonly transport: BusTransport) {}

  /** Asks the one app that serves `contract`. Rejects with its fault, or with `timeout` or `unavailable`. */
  async ask<C extends RequestContract>(scope: TenantScope, contract: C, input: InputOf<C>, timeoutMs = contract.timeoutMs): Promise<OutputOf<C>> {
    return inSpan(`ask ${contract.subject}`, 'client', { [ATTRIBUTE.messagingDestination]: contract.subject, [ATTRIBUTE.messagingOperation]: 'send' }, async () => {
      const headers = { ...traceHeaders(), [HEADER.scope]: encodeScope(scope), [HEADER.deadline]: String(Date.now() + timeoutMs) };
      const message: WireMessage = { subject: contract.subject, id: randomUUID(), headers, body: input };
      return valueOfReply(await this.transport.request(message, timeoutMs)) as OutputOf<C>;
    });
  }

  /** For the outbox alone: everybody else writes an event into it, in the transaction of the change. */
  async announce(scope: TenantScope, event: Announcement): Promise<void> {
    const headers = { ...event.trace, [HEADER.scope]: encodeScope(scope), [HEADER.messageId]: event.id, [HEADER.addedAt]: String(event.addedAt ?? Date.now()), [HEADER.attempt]: String(event.attempt ?? 1) };
    await this.transport.publish({ subject: event.subject, id: event.id, headers, body: event.payload });
  }

  /** Gives every running process a hint, after the change it tells of is committed. Never throws: who misses it finds out later. */
  tell<S extends SignalContract>(scope: TenantScope, signal: S, payload: PayloadOf<S>): void {
    try {
      this.transport.tell({ subject: signal.subject, id: randomUUID(), headers: { ...traceHeaders(), [HEADER.scope]: encodeScope(scope) }, body: payload });
    } catch (error) {
      logger.warn({ err: error, subject: signal.subject }, 'A signal could not be sent');
    }
  }

  async ping(): Promise<void> {
    await this.transport.ping();
  }
}
