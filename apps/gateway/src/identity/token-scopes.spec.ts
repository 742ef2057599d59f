import { describe, expect, it } from 'vitest';
import { EVERY_SCOPE, isReadingOnly, isWithin, READING_SCOPES, type TokenReach, type TokenScope } from './token-scopes.js';

const reach = (scopes: readonly TokenScope[], projectIds: string[] | null = null): TokenReach => ({ scopes, projectIds });

describe('a token is within another', () => {
  it.each([
    ['everything, within itself', reach(EVERY_SCOPE), reach(EVERY_SCOPE), true],
    ['reading, within everything', reach(READING_SCOPES), reach(EVERY_SCOPE), true],
    ['everything, within reading', reach(EVERY_SCOPE), reach(READING_SCOPES), false],
    ['a part of admin, within all of it', reach(['admin:tokens']), reach(['admin:*']), true],
    ['all of admin, within a part of it', reach(['admin:*']), reach(['admin:tokens']), false],
    ['one admin part, within another', reach(['admin:people']), reach(['admin:tokens']), false],
    ['a scope, within none', reach(['git']), reach([]), false],
    ['one project, within all', reach(['git'], ['a']), reach(['git']), true],
    ['all projects, within one', reach(['git']), reach(['git'], ['a']), false],
    ['one project, within two', reach(['git'], ['a']), reach(['git'], ['a', 'b']), true],
    ['one project, within another', reach(['git'], ['a']), reach(['git'], ['b']), false],
    ['no project, within one', reach(['git'], []), reach(['git'], ['a']), true],
  ])('%s: as its scopes and its projects are', (_what, inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });
});

it.each([[READING_SCOPES, true], [['memory:read'], true], [[], true], [['memory:read', 'ingest:write'], false], [['admin:audit'], false], [EVERY_SCOPE, false]] as const)('%j may change something or not', (scopes, expected) => {
  expect(isReadingOnly(scopes)).toBe(expected);
});
