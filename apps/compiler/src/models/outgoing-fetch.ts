import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';
import { lookupPublic, refuseUncallable } from './outgoing-address.js';

/** An answer longer than this is no answer to what we ask; `maxOutputTokens` is only a wish. */
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
const publicOnly = new Agent({ ...options, connect: { timeout: CONNECT_TIMEOUT_MS, lookup: lookupPublic as never } });

/** A fetch without redirects, whose answers are bounded. Where `mayBePrivate` is false it reaches public addresses only, over TLS. */
export function outgoingFetch(mayBePrivate: boolean): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!mayBePrivate) refuseUncallable(url);
    const request = { ...(init as UndiciRequestInit), redirect: 'error' as const, dispatcher: mayBePrivate ? anywhere : publicOnly };
    const { status, statusText, headers, body } = await undiciFetch(url, request);
    return new Response(body && bounded(body as ReadableStream<Uint8Array>), { status, statusText, headers: [...headers] });
  };
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
