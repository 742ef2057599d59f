import { gauge, timer } from '#libs/telemetry';
import type { BusTransport } from './transport.js';
import { HEADER, type WireMessage, type WireReply } from './wire.js';

const requestDuration = timer('bus_request_duration_seconds');
const eventDuration = timer('bus_event_duration_seconds');
const eventAge = timer('bus_event_age_seconds');

export function measureRequest(subject: string, startedAt: number, reply: WireReply): void {
  requestDuration.record(secondsSince(startedAt), { subject, outcome: outcomeOf(reply) });
}

export function measureEvent(message: WireMessage, listener: string, startedAt: number, reply: WireReply): void {
  const { subject, headers } = message;
  eventDuration.record(secondsSince(startedAt), { subject, listener, outcome: outcomeOf(reply) });
  const addedAt = Number(headers[HEADER.addedAt]);
  if (reply.ok && addedAt > 0) eventAge.record(Math.max(0, Date.now() - addedAt) / 1_000, { subject, listener });
}

/** What waits for the listeners of this process, and how large the stream is. */
export function observeTransport(transport: BusTransport): { stop(): void } {
  const of = (name: 'pending' | 'unacknowledged' | 'redelivered') => async () =>
    (await transport.queues()).map((queue) => [queue[name], { subject: queue.subject, listener: queue.listener }] as const);
  const ofStream = (name: 'messages' | 'bytes') => async () => {
    const stream = await transport.stream();
    return stream ? [[stream[name]] as const] : [];
  };
  const gauges = [
    gauge('bus_consumer_pending', of('pending')), gauge('bus_consumer_unacknowledged', of('unacknowledged')), gauge('bus_consumer_redelivered', of('redelivered')),
    gauge('bus_stream_messages', ofStream('messages')), gauge('bus_stream_bytes', ofStream('bytes')),
  ];
  return { stop: () => gauges.forEach((each) => each.stop()) };
}

/** Of the fault's kind alone: codes are many, and each would be a dozen series more. */
function outcomeOf(reply: WireReply): 'done' | 'refused' | 'failed' {
  if (reply.ok) return 'done';
  return ['internal', 'unavailable', 'timeout', 'limited'].includes(reply.fault.kind) ? 'failed' : 'refused';
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
