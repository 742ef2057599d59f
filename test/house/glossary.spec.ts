import { describe, expect, it } from 'vitest';
import { filesOf, readText } from './source-files.js';

/** Of subjects: what is done, or has been. */
const VERBS = new Set('advertise begin cancel capture captured claim consolidate continue count decide delete diff ended fetch finalize find indexed lint list moved pull pushed read receive revert search send set settle stage stored test write'.split(' '));

const glossary = readText('ARCHITECTURE.md').split('## Glossary')[1]!.toLowerCase();
const code = [...filesOf('apps'), ...filesOf('libs')].filter((file) => !file.isTest).map(({ text }) => text).join('\n');

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<!s|tic)s$/, '');
}

/** Words of the names that `pattern` finds in the code, once each. */
function wordsIn(pattern: RegExp): string[] {
  const names = Array.from(code.matchAll(pattern), (match) => match[1]!);
  return [...new Set(names.flatMap((name) => name.split(/[-_]/)).map(singular))].filter((word) => !VERBS.has(word));
}

describe('the glossary in ARCHITECTURE.md', () => {
  it.each([
    ['tables', /CREATE TABLE (?:\w+|\$\{\w+\})\.(\w+)/g],
    ['subjects', /'[a-z-]+\.([a-z-]+)\.v\d+'/g],
  ])('has every noun of %s', (_what, pattern) => {
    const words = wordsIn(pattern);
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word) => !glossary.includes(word))).toEqual([]);
  });
});
