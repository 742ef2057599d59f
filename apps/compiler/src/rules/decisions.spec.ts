import { describe, expect, it } from 'vitest';
import { Decisions, decisionsOfAgent, decisionsOfUser } from './decisions.js';

describe('words of a user that decide', () => {
  it.each([
    "let's use jq for this because grep breaks",
    'we decided to keep Postgres',
    'Decision: no ORM in the worker',
    "don't touch the billing config",
    'no, dont edit the generated client, change the template it comes from',
    'always run the linter before you commit',
    'when you read yaml, never use sed, but rather yq',
    'use pnpm instead of npm',
    'use constructor injection for services',
    'i prefer composition over inheritance here, so prefer small classes',
    'pricing must not import from shipping',
    'if the id is given, there is no need to search for it',
    'from now on, never ask me "Shall I go on?" if it seems clear',
    'i asked you to plan the change, not to make it',
    'lets call it release-flow',
    'i want to see the totals, but not in the footer',
    'lets write that parser again with a table',
    'go ahead and proceed with that approach, but the simplest version of it',
    'folders are created by the tool, not the user',
    'open an issue, but close the old branch first',
    'merge main, ignoring conflicts in files that are not ours',
    'no, delete that branch',
    'just update the spec in the main folder',
    'produce it as a table, with headings',
    'keep comments in English, so keep commit messages in English as well',
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
    "i don't think the total is correct",
    'it always fails on CI',
    'you never ran the tests',
    'should we always run the linter?',
    "seems like it doesn't work",
    'use the --verbose flag',
    'no tests were run',
    'no, tests still fail',
    'just noticed that the build fails',
    'it failed and I saw the log first',
    'add pagination, including a test',
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
  expect(decisionsOfUser('instead of `# all\n  sort -u`, use `uniq`')).toEqual(['instead of `# all sort -u`, use `uniq`']);
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
