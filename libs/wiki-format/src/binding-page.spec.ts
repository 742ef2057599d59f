import { expect, it } from 'vitest';
import { isBinding } from './binding-page.js';
import { describePage } from './page-description.js';
import { parsePagePath } from './page-path.js';

it.each<[path: string, text: string, expected: boolean]>([
  ['_rules/a.md', 'x', true],
  ['_rules/a.md', '---\nkind: note\n---\nx', true],
  ['_rules/deep/a.md', 'x', true],
  ['_rules/candidates/a.md', 'x', false],
  ['_rules/candidates/a.md', '---\nkind: note\n---\nx', false],
  ['_rules/candidates/a.md', '---\nkind: rule\n---\nx', true],
  ['_rules/candidates.md', 'x', true],
  ['notes/a.md', 'x', false],
  ['notes/a.md', '---\nkind: rule\n---\nx', true],
  ['notes/a.md', '---\nkind: [rule]\n---\nx', false],
  ['notes/a.md', '---\npinned: true\n---\nx', true],
  ['notes/_rules/a.md', 'x', false],
  ['_slots/a.md', 'x', true],
  ['_slots/a.md', '---\npinned: false\n---\nx', true],
])('%s with %j: %s', (path, text, expected) => {
  const page = parsePagePath(path);
  expect(isBinding({ path, ...describePage(page, text) })).toBe(expected);
});
