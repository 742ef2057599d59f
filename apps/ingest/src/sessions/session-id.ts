import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** An agent's own session id where it is a UUID, so that people find it again; else a UUID (RFC 9562, version 8) made of it. */
export function sessionIdOf(agent: string, nativeSessionId: string): string {
  if (UUID.test(nativeSessionId)) return nativeSessionId.toLowerCase();
  const hex = createHash('sha256').update(`${agent}\0${nativeSessionId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
