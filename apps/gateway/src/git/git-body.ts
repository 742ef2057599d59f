import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';
import { Fault } from '#libs/faults';
import { BODY_UNREADABLE, REQUEST_INVALID } from '../http/http.faults.js';

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
