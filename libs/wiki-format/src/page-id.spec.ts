import { expect, it } from 'vitest';
import { pageIdOf } from './page-id.js';

const base = ['0198c0de-0000-7000-8000-000000000001', 'notes/a.md', 'a'.repeat(40), 'b'.repeat(40)] as const;

it('gives a version of a page the same id everywhere and for good', () => {
  expect(pageIdOf(...base)).toBe(pageIdOf(...base));
  expect(pageIdOf(...base)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it.each([0, 1, 2, 3])('gives another id when part %i differs', (part) => {
  const other = base.map((value, index) => (index === part ? `${value}0` : value)) as [string, string, string, string];
  expect(pageIdOf(...other)).not.toBe(pageIdOf(...base));
});
