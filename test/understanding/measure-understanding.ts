import { coverageOfExported, coverageOfWritten, failuresIn } from './coverage-of-sessions.js';
import { type Coverage, share, SUBJECTS, totalOf } from './session-key.js';

/**
 * `npm run measure:understanding [-- <folder of exported sessions>]`: how much of hand-made keys the pages say, and how
 * much of what they say is in none. Ends with 1 where less than 95 % is found or more than 2 % is wrong.
 */
const FOUND_MIN = 0.95;
const WRONG_MAX = 0.02;

function table(title: string, found: ReadonlyMap<string, Coverage>): boolean {
  const coverages = [...found.values()];
  const total = totalOf(coverages);
  const rows = [...SUBJECTS.map((subject) => ({ subject, ...share(coverages, subject) })), { subject: 'all', ...total }];
  const lines = rows.map(({ subject, found: facts, expected, wrong, stated }) => `| ${subject} | ${facts} of ${expected} | ${wrong} of ${stated} |`);
  process.stdout.write(`${[...failuresIn(found), '', `| ${title} (${found.size}) | found | wrong |`, '| --- | --- | --- |', ...lines].join('\n')}\n`);
  return total.found / total.expected >= FOUND_MIN && total.wrong / total.stated <= WRONG_MAX;
}

const folder = process.argv[2];
const isWrittenGood = table('written sessions', await coverageOfWritten());
const isExportedGood = folder === undefined || table('exported sessions', await coverageOfExported(folder));
process.exitCode = isWrittenGood && isExportedGood ? 0 : 1;
