import type { Answer } from './client.js';

/** All of an answer that a caller can read. */
export function textOf({ status, headers, text }: Answer): string {
  return [status, ...[...headers].map(([name, value]) => `${name}: ${value}`), '', text].join('\n');
}

/** Without what differs between any two calls: what is left of the caller's limits, words and ids that were asked for, times, new tokens, lengths. */
export function masked(answer: string): string {
  return answer
    .replace(/^(date|ratelimit|x-trace-id|content-length|etag: W\/).*\n/gm, '')
    .replace(/(label|canary)[0-9a-f]{12}/g, '<$1>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b([0-9a-f]{40}|[0-9a-f]{32})\b/g, '<digest>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/mem_pat_\w+|"last_four":"\w+"/g, '<token>');
}
