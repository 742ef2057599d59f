import { Fault, type FaultKind, FAULT_STATUS, toFault } from '#libs/faults';

/** Header names. Everything about a message that is not its body travels here. */
export const HEADER = { scope: 'x-scope', correlation: 'x-correlation-id', deadline: 'x-deadline', messageId: 'nats-msg-id', addedAt: 'x-added-at', attempt: 'x-attempt' } as const;

/** How often a listener is given an event; then it is a dead letter. With what lies between attempts some seven minutes. */
export const ATTEMPTS_MAX = 20;

/** A request or an event as it travels: the body is JSON, the headers are text. */
export interface WireMessage {
  readonly subject: string;
  /** Unique; a bus may use it to drop repeats, handlers must not rely on that. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface WireFault {
  code: string;
  kind: FaultKind;
  sentence: string;
  detail?: string;
  retryAfterSeconds?: number;
}

/** What a serving app answers: a value, or a fault that may be shown to the caller. */
export type WireReply = { ok: true; value: unknown } | { ok: false; fault: WireFault };

export function replyOfError(error: unknown): WireReply {
  const { code, kind, sentence, detail, retryAfterSeconds } = toFault(error);
  return { ok: false, fault: { code, kind, sentence, detail, retryAfterSeconds } };
}

/** The value of a reply, or its fault, thrown. */
export function valueOfReply(reply: WireReply): unknown {
  if (reply.ok) return reply.value;
  const { fault } = reply;
  const kind = fault.kind in FAULT_STATUS ? fault.kind : 'internal';
  throw new Fault({ code: fault.code, kind, sentence: fault.sentence }, { detail: fault.detail, retryAfterSeconds: fault.retryAfterSeconds });
}
