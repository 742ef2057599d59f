import { readFileSync } from 'node:fs';

/** What a test says where it makes a shared product fail. */
export const MADE_TO_FAIL = 'made to fail';

/** What a product has logged as its own fault since its log was so long, but for what a test made fail. */
export function regrettedLines(logPath: string, since: number): string[] {
  return readFileSync(logPath, 'utf8').slice(since).split('\n').filter((line) => /"level":[56]0/.test(line) && !line.includes(MADE_TO_FAIL));
}
