import { createTwoFilesPatch } from 'diff';
import { cleanText, redactText } from '#libs/redaction';

/** What a change does to a file, as `diff -u` shows it; secrets in it are masked, since people paste diffs. Null stands for no file. */
export function unifiedDiff(path: string, before: string | null, after: string | null, secrets: readonly string[] = []): string {
  const patch = createTwoFilesPatch(before === null ? '/dev/null' : path, after === null ? '/dev/null' : path, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  const lines = patch.split('\n').filter((line) => !/^(Index: |=+$)/.test(line)).join('\n');
  const masked = secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '‹token›'), lines);
  return cleanText(redactText(masked).text);
}
