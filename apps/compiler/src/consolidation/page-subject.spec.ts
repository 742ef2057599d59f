import { expect, it } from 'vitest';
import { isPagePath } from '#libs/wiki-format';
import { pathOf, sameSubject } from './page-subject.js';

it.each([
  ['Lease of the outbox relay', 'decisions/lease-of-the-outbox-relay.md'],
  ['Über-Größe: „Straße“ geändert!', 'decisions/uber-gro-e-stra-e-geandert.md'],
  ['../../etc/passwd', 'decisions/etc-passwd.md'],
])('%s lies at %s', (title, path) => {
  expect(pathOf('decision', title)).toBe(path);
});

it.each(['アウトボックス', 'a'.repeat(500), 'word '.repeat(100), '…'])('%s has a path that the wiki takes', (title) => {
  expect(isPagePath(pathOf('gotcha', title))).toBe(true);
});

it.each([
  ['Lease of the outbox relay', 'a.md'],
  ['Outbox relay: a lease', 'a.md'],
  ['Migrations lock tables', undefined],
  ['The relay', undefined],
])('%s is about the same thing as %s', (title, path) => {
  expect(sameSubject(title, [{ path: 'b.md', title: 'Search ranks by term' }, { path: 'a.md', title: 'Lease of the outbox relay' }])?.path).toBe(path);
});
