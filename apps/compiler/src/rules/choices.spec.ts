import { describe, expect, it } from 'vitest';
import { choiceOf, isContrary } from './choices.js';

describe('what a sentence chooses', () => {
  it.each([
    ["let's use pnpm instead of npm because the lock file is smaller", ['pnpm'], ['npm']],
    ['instead of grep, use jq for this', ['jq'], ['grep']],
    ['we decided to keep Postgres since it is there', ['postgres'], []],
    ["don't use moment, use date-fns", ['date-fns'], ['moment']],
    ['never use grep on JSON', [], ['grep']],
    ['Wir nehmen pdfkit statt puppeteer, weil es klein ist', ['pdfkit'], ['puppeteer']],
    ['vamos usar o Postgres em vez de MySQL', ['postgres'], ['mysql']],
    ["let's drop the connection pool", [], ['connection', 'pool']],
  ])('%j', (sentence, taken, left) => {
    expect(choiceOf(sentence)).toEqual({ taken, left });
  });

  it.each(['fix the login test', 'the docs are old', ''])('is nothing in %j', (sentence) => {
    expect(choiceOf(sentence)).toBeUndefined();
  });
});

describe('a later choice', () => {
  it.each([
    ['use npm instead of pnpm', 'use pnpm instead of npm', true],
    ["don't use pnpm", "let's use pnpm because it is fast", true],
    ['switch to the old connection pool', 'drop the connection pool', true],
    ['use pnpm instead of yarn', 'use pnpm instead of npm', false],
    ['use jq', 'use Postgres', false],
    ['use the new parser for dates', 'use the new parser', false],
  ])('%j undoes %j: %s', (later, earlier, expected) => {
    expect(isContrary(choiceOf(later)!, choiceOf(earlier)!)).toBe(expected);
  });
});
