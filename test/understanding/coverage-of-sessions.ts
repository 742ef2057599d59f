import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSession } from '../../apps/compiler/src/rules/compile-session.js';
import { readWritten } from '../../apps/compiler/src/rules/golden/written-session.js';
import { type ReadSession, readExported, sessionOf } from './exported-session.js';
import { coverageOf, type Coverage, type SessionKey, SUBJECTS } from './session-key.js';

const KEYS = join(process.cwd(), 'test/understanding/keys');
export const STORIES = join(process.cwd(), 'apps/compiler/src/rules/golden');

/** How much of the keys the pages of the written sessions say, by name. */
export function coverageOfWritten(): Promise<Map<string, Coverage>> {
  return coverages('written', (name) => sessionOf('claude-code', readWritten(readFileSync(join(STORIES, `${name}.story.txt`), 'utf8')), '/home/dev/shop'));
}

/** The same for exported sessions in a folder outside of the project: only their keys are kept in it. */
export function coverageOfExported(folder: string): Promise<Map<string, Coverage>> {
  return coverages('exported', (name) => readExported(readFileSync(join(folder, `${name}.md`), 'utf8')));
}

async function coverages(keys: string, read: (name: string) => ReadSession): Promise<Map<string, Coverage>> {
  const found = new Map<string, Coverage>();
  for (const file of readdirSync(join(KEYS, keys)).toSorted()) {
    const name = file.replace(/\.json$/, '');
    const compiled = await compileSession(read(name));
    if (compiled.kind === 'ephemeral') throw new Error(`${name} left nothing.`);
    found.set(name, coverageOf(compiled, JSON.parse(readFileSync(join(KEYS, keys, file), 'utf8')) as SessionKey));
  }
  return found;
}

/** One line for each fact that a page misses, and each statement that no key has. */
export function failuresIn(found: ReadonlyMap<string, Coverage>): string[] {
  return [...found].flatMap(([name, coverage]) => SUBJECTS.flatMap((subject) => [
    ...coverage[subject].missing.map((fact) => `${name}: ${subject} misses “${fact}”`), ...coverage[subject].wrong.map((statement) => `${name}: ${subject} says ${statement}`),
  ]));
}
