import { headers as natsHeaders, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { WireMessage } from './wire.js';

export function toNats(from: Readonly<Record<string, string>>): MsgHdrs {
  const to = natsHeaders();
  for (const [name, value] of Object.entries(from)) to.set(name, encodeURIComponent(value));
  return to;
}

export function fromNats(from: MsgHdrs | undefined): Record<string, string> {
  return Object.fromEntries((from?.keys() ?? []).map((name) => [name.toLowerCase(), decodeURIComponent(from!.get(name))]));
}

export function received(subject: string, message: Msg): WireMessage {
  return { subject, id: message.headers?.get('nats-msg-id') ?? '', headers: fromNats(message.headers), body: message.json() };
}
