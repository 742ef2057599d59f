import { describe, expect, it } from 'vitest';
import { Decisions, decisionsOfAgent, decisionsOfUser } from './decisions.js';

describe('words of a user that decide', () => {
  it.each([
    "let's use jq for this because grep breaks",
    'we decided to keep Postgres',
    'Decision: no ORM in the worker',
    "don't touch the billing config",
    'no, dont modify the main workspace, do this from the session workspace',
    'always run the linter before you commit',
    'when working with json outputs, never use grep, but rather jq',
    'use pnpm instead of npm',
    'use constructor injection for services',
    'i prefer composition over inheritance here, so prefer small classes',
    'pricing must not import from shipping',
    'if assigned a task, there is no need to list them',
    'from now on, never ask me "Would you like to proceed?" if it seems obvious',
    'i asked you to create a task, not to implement it',
    'lets call it minsky-workflow',
    'i want to test the logic, but not through the CLI',
    'Wir nehmen pdfkit, weil puppeteer zu groß ist.',
    'Bitte nie Schriften aus dem Netz laden!',
    'Verwende Vitest statt Jest.',
    'vamos usar o Postgres em vez de MySQL',
    'nunca faça commit direto na main',
    'usa pnpm en lugar de npm',
    'prefiero clases pequeñas',
    "utilisons Vitest plutôt que Jest",
    'on a décidé de garder Postgres',
    '不要修改数据库结构',
    '用 pnpm 而不是 npm',
    'npm ではなく pnpm を使って',
  ])('%j', (text) => {
    expect(decisionsOfUser(text)).toEqual([text]);
  });
});

describe('words of a user that decide nothing', () => {
  it.each([
    'fix the login test',
    "why don't you use jq?",
    "i don't think the pr is correct",
    'it always fails on CI',
    'you never ran the tests',
    'should we always run the linter?',
    "seems like it doesn't work",
    'use the --force option',
    'the test never finishes',
    'keep going',
  ])('%j', (text) => {
    expect(decisionsOfUser(text)).toEqual([]);
  });
});

it('takes only the deciding sentences, in their order, also out of lists', () => {
  expect(decisionsOfUser('Split the service.\n\n- we decided on two services\n- the docs are old\n\nNever commit to main. Thanks.')).toEqual([
    'we decided on two services', 'Never commit to main.',
  ]);
});

it('keeps inline code in one piece where it spans lines', () => {
  expect(decisionsOfUser('instead of `# list\n  grep id`, use `get`')).toEqual(['instead of `# list grep id`, use `get`']);
});

it.each([
  ['I decided to cache the token. Tests pass.', ['I decided to cache the token.']],
  ['I went with SQLite because it needs no server.', ['I went with SQLite because it needs no server.']],
  ['We should never do that. You must restart.', []],
  ['```\n// I decided to use foo\n```', []],
])('an agent\'s %j says %j', (message, expected) => {
  expect(decisionsOfAgent(message)).toEqual(expected);
});

it('keeps each decision once, and of very many the first and the last', () => {
  const decisions = new Decisions();
  for (let place = 1; place <= 50; place++) decisions.add([`never do ${place}`, 'Always test'], 'user', place);
  expect(decisions.kept).toHaveLength(20);
  expect(decisions.kept[0]?.text).toBe('never do 1');
  expect(decisions.kept.at(-1)?.text).toBe('never do 50');
  expect(decisions.kept.length + decisions.leftOut).toBe(51);
});
