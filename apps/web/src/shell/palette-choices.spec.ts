import type { Schema } from 'ai-memory-api-client';
import { expect, it } from 'vitest';
import { en } from '../strings/en.js';
import { choicesOf } from './palette-choices.js';

const PROJECTS = ['orders', 'stock'].map((project) => ({ project_id: project, workspace: 'shop', project })) as Schema<'Project'>[];
const SCOPE = { workspace: 'shop', project: 'orders' };
const FOUND = {
  hits: [{ scope: SCOPE, path: 'a.md', title: 'A', snippet: 'a', section: { heading: 'Why', anchor: 'why' } }],
  raw_hits: [{ scope: SCOPE, session_id: 's', observation_id: 'o', sequence: 7, title: 'T', snippet: 't' }],
} as unknown as Schema<'SearchResult'>;

it.each<[string, Schema<'SearchResult'> | undefined, string[]]>([
  ['', undefined, ['Go to: orders', 'Go to: stock', 'Go to: Home']],
  ['STO', undefined, ['Go to: stock', 'All results: All results: STO']],
  ['shop/or', FOUND, ['Go to: orders', 'Pages: A', 'In sessions: T', 'All results: All results: shop/or']],
  ['zzz', FOUND, ['Pages: A', 'In sessions: T', 'All results: All results: zzz']],
])('for %j offers places by name first, then what was found, then all of it', (typed, found, choices) => {
  expect(choicesOf(typed, undefined, PROJECTS, found, en).map(({ group, title }) => `${group}: ${title}`).filter((line) => !line.startsWith('Go to') || /orders|stock|Home/.test(line))).toEqual(choices);
});

it('leads to the part of a page and to the event of a session', () => {
  const byGroup = (group: string) => choicesOf('o', undefined, PROJECTS, FOUND, en).find((choice) => choice.group === group)?.to;
  expect(byGroup('Pages')).toMatchObject({ params: { _splat: 'a.md' }, hash: 'why' });
  expect(byGroup('In sessions')).toMatchObject({ params: { session: 's' }, search: { event: 7 } });
});

it.each([
  ['member', false, []],
  ['owner', false, ['Administration']],
  ['viewer', true, ['System']],
] as const)('offers what is run to whom it is: a %s, the operator: %j', (role, operator, offered) => {
  const me = { user: { role, operator, name: '', email: '', user_id: '' }, organisation: { name: '', organisation_id: '' }, local: true };
  expect(choicesOf('', me, [], undefined, en).map(({ title }) => title).filter((title) => /Administration|System/.test(title))).toEqual(offered);
});
