import { createHash } from 'node:crypto';

/**
 * Names one version of a page. It follows from what git holds, so that a table rebuilt from git has the same ids; the
 * commit is part of it, because a page that returns to an earlier text is a new version. UUID version 8 (RFC 9562).
 */
export function pageIdOf(projectId: string, path: string, blob: string, commit: string): string {
  const bytes = createHash('sha256').update([projectId, path, blob, commit].join('\n')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
