import type { Readable } from 'node:stream';
import { Fault } from '#libs/faults';
import { BODY_TOO_LARGE, BODY_UNREADABLE } from './http.faults.js';

/** The whole of a small body. Throws `http.body-too-large` past the bound, without reading on. */
export async function readWhole(body: Readable, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readable(body)) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Fault(BODY_TOO_LARGE, { sentence: `The request is too large: at most ${bytesMax / 1_024} KiB.` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body of any size in pieces of `bytes`, the last one smaller; the next one is read when it is asked for. */
export async function* inPieces(body: Readable, bytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of readable(body)) {
    waiting = Buffer.concat([waiting, chunk]);
    for (; waiting.length >= bytes; waiting = waiting.subarray(bytes)) yield waiting.subarray(0, bytes);
  }
  if (waiting.length > 0) yield waiting;
}

async function* readable(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    throw new Fault(BODY_UNREADABLE, { cause: error });
  }
}
