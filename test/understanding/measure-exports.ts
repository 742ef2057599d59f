import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSession } from '../../apps/compiler/src/rules/compile-session.js';
import { readExported } from './exported-session.js';
import { coverageOf, share, SUBJECTS, type Coverage, type SessionKey } from './session-key.js';

/**
 * `node dist/test/understanding/measure-exports.js <folder of transcripts>`: compiles those that have a key here, and prints
 * how much of the keys their pages say. Ends with 1 below 95 % found or above 2 % wrong.
 */
const FOUND_MIN = 0.95;
const WRONG_MAX = 0.02;
const KEYS = join(process.cwd(), 'test/understanding/keys/exported');

async function measure(folder: string, file: string): Promise<Coverage> {
  const compiled = await compileSession(readExported(readFileSync(join(folder, file.replace(/json$/, 'md')), 'utf8')));
  if (compiled.kind === 'ephemeral') throw new Error(`${file} left nothing.`);
  const coverage = coverageOf(compiled, JSON.parse(readFileSync(join(KEYS, file), 'utf8')) as SessionKey);
  for (const subject of SUBJECTS) {
    for (const fact of coverage[subject].missing) process.stdout.write(`${file}: ${subject} misses “${fact}”\n`);
    for (const statement of coverage[subject].wrong) process.stdout.write(`${file}: ${subject} says ${statement}\n`);
  }
  return coverage;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder of the transcripts.');
const coverages: Coverage[] = [];
for (const file of readdirSync(KEYS).toSorted()) coverages.push(await measure(folder, file));
const totals = { found: 0, expected: 0, wrong: 0, stated: 0 };
process.stdout.write('\n| | found | wrong |\n| --- | --- | --- |\n');
for (const subject of SUBJECTS) {
  const { found, expected, wrong, stated } = share(coverages, subject);
  totals.found += found; totals.expected += expected; totals.wrong += wrong; totals.stated += stated;
  process.stdout.write(`| ${subject} | ${found} of ${expected} | ${wrong} of ${stated} |\n`);
}
process.stdout.write(`| all | ${totals.found} of ${totals.expected} | ${totals.wrong} of ${totals.stated} |\n`);
process.exitCode = totals.found / totals.expected < FOUND_MIN || totals.wrong / Math.max(1, totals.stated) > WRONG_MAX ? 1 : 0;
