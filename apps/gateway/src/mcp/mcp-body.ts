import { json, type Request, type Response } from 'express';
import { Fault } from '#libs/faults';
import { BODY_UNREADABLE } from '../http/http.faults.js';
import { isDeeperThan } from '../http/json-depth.js';
import { requestFaultOf } from '../http/problem.js';

const BODY_BYTES_MAX = 4 * 1_024 * 1_024;
/** Deeper than any of our inputs, and far less than what recursion over a value can take. */
const BODY_LEVELS_MAX = 64;
/** Batches exist in one old revision only; each of their calls runs at once. */
const BATCH_MAX = 20;

const parse = json({ limit: BODY_BYTES_MAX, strict: false });

/**
 * The request's JSON body; undefined where the content type isn't JSON. Throws a fault of kind `too-large` or `invalid`.
 * Called behind the guard, so that only a caller we know makes us read four megabytes.
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => parse(request, response, (error?: unknown) => (error ? reject(requestFaultOf(error)) : resolve())));
  if (isDeeperThan(BODY_LEVELS_MAX, request.body)) throw new Fault(BODY_UNREADABLE, { sentence: 'The body is nested too deeply.' });
  if (Array.isArray(request.body) && request.body.length > BATCH_MAX) throw new Fault(BODY_UNREADABLE, { sentence: `A batch may have ${BATCH_MAX} messages.` });
  return request.body;
}
