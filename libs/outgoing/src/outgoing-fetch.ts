import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';
import { type OutgoingRules, publicLookup, refuseUncallable } from './outgoing-address.js';

/** An answer longer than this is no answer to what we ask. */
const ANSWER_BYTES_MAX = 1_048_576;
const CONNECT_TIMEOUT_MS = 10_000;

export class AnswerTooLarge extends Error {
  constructor() {
    super(`The answer has more than ${ANSWER_BYTES_MAX} bytes`);
    this.name = 'AnswerTooLarge';
  }
}

const options = { connectTimeout: CONNECT_TIMEOUT_MS, connections: 32 };
const anywhere = new Agent(options);
const publicOnly = new Agent({ ...options, connect: { timeout: CONNECT_TIMEOUT_MS, lookup: publicLookup() as never } });

/**
 * A fetch for addresses that others than the operator name. It follows no redirect, and reads at most 1 MiB. A host that the
 * rules don't let be private is called over TLS, at a public address. Throws, or has as its cause, a Fault where it refuses.
 */
export function outgoingFetch(rules: OutgoingRules): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    refuseUncallable(url, rules);
    const dispatcher = rules.mayBePrivate(new URL(url).hostname) ? anywhere : publicOnly;
    const request = { ...(init as UndiciRequestInit), redirect: 'error' as const, dispatcher, signal: within(rules, init) };
    const { status, statusText, headers, body } = await undiciFetch(url, request);
    return new Response(body && bounded(body as ReadableStream<Uint8Array>), { status, statusText, headers: [...headers] });
  };
}

function within({ timeoutMs }: OutgoingRules, init: RequestInit | undefined): AbortSignal | null {
  const signals = [init?.signal, timeoutMs === undefined ? null : AbortSignal.timeout(timeoutMs)].filter((signal) => signal instanceof AbortSignal);
  return signals.length > 0 ? AbortSignal.any(signals) : null;
}

function bounded(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let bytes = 0;
  return body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > ANSWER_BYTES_MAX) controller.error(new AnswerTooLarge());
      else controller.enqueue(chunk);
    },
  }));
}
