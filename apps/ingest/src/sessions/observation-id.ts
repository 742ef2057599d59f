import { randomUUID } from 'node:crypto';

/** A UUID (RFC 9562, version 7) that begins with the time, so that new rows stand side by side in an index. `now` is milliseconds since the epoch. */
export function newObservationId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  // After its version a random UUID has the same bits as one of the seventh; and Node draws randomness for many of them at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
