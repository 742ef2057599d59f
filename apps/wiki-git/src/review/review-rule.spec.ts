import { expect, it } from 'vitest';
import type { ReviewMode, WrittenBy } from '#libs/contracts';
import { needsPerson } from './review-rule.js';

it.each<[by: WrittenBy, mode: ReviewMode, path: string, isBinding: boolean, expected: boolean]>([
  ['person', 'approval', '_rules/a.md', true, false],
  ['agent', 'automatic', '_rules/a.md', true, true],
  ['agent', 'automatic', 'notes/a.md', false, false],
  ['agent', 'approval', 'notes/a.md', false, true],
  ['agent', 'approval', 'sessions/a.md', false, true],
  ['agent', 'automatic', 'sessions/a.md', true, true],
  ['model', 'automatic', 'decisions/a.md', false, false],
  ['model', 'automatic', 'decisions/a.md', true, true],
  ['model', 'approval', 'decisions/a.md', false, true],
  ['model', 'approval', 'sessions/a.md', true, false],
  ['rules', 'approval', '_rules/candidates/a.md', false, true],
  ['rules', 'approval', 'sessions/a.md', false, false],
])('written by %s, %s: %s, binding %s, waits: %s', (by, mode, path, isBinding, expected) => {
  expect(needsPerson(by, mode, { path, isBinding })).toBe(expected);
});
