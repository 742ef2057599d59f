import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { BODY_TOO_LARGE, BODY_UNREADABLE, REQUEST_INVALID } from '../http/http.faults.js';

/** The body as it was before the client packed it. Throws where it is not what this service takes. */
export function bodyOf(request: Request, service: string): Readable {
  if (request.headers['content-type'] !== `application/x-${service}-request`) throw new Fault(REQUEST_INVALID, { sentence: `Send application/x-${service}-request.` });
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new Fault(BODY_UNREADABLE, { sentence: 'Only gzip is understood as Content-Encoding.' });
  const unpacked = createGunzip();
  request.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  return unpacked;
}

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
