import type { Answer } from './client.js';

/** All of an answer that a caller can read. */
export function textOf({ status, headers, text }: Answer): string {
  return [status, ...[...headers].map(([name, value]) => `${name}: ${value}`), '', text].join('\n');
}

/** Without what differs between any two calls: what is left of the caller's limits, what was recorded and rebuilt meanwhile, words and ids that were asked for, times, new tokens, lengths. */
export function masked(answer: string): string {
  return answer
    .replace(/^(date|ratelimit|x-trace-id|content-length|etag: W\/).*\n/gm, '')
    .replace(/(label|canary)[0-9a-f]{12}/g, '<$1>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b([0-9a-f]{40}|[0-9a-f]{32})\b/g, '<digest>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/^\{"table":"(?:audit\.entries|identity\.used_days)".*\n|^\{"end".*\n/gm, '')
    .replace(/"(phase|is_new|documents_read|documents_total|started_at|finished_at|last_used_(at|from))":("[^"]*"|[\w.]+)/g, '"$1":<now>')
    .replace(/(mem_pat|whsec)_[\w+/=]+|"last_four":"\w+"/g, '<token>');
}
