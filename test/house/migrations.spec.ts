import { describe, expect, it } from 'vitest';
import { codeOf, filesOf, type SourceFile } from './source-files.js';

/** What takes away or changes what the release before reads or writes, which still runs while the new one comes up (docs/upgrade.md). */
const CONTRACTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['drops a table, column, function or type', /\bDROP\s+(TABLE|COLUMN|FUNCTION|TYPE|VIEW|SCHEMA|POLICY)\b/i],
  ['renames something', /\bRENAME\s+(TO|COLUMN)\b/i],
  ['changes a column’s type', /\bALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ['forbids an empty column', /\bSET\s+NOT\s+NULL\b/i],
  ['takes a default away', /\bDROP\s+DEFAULT\b/i],
  ['replaces a primary key', /\bDROP\s+CONSTRAINT\s+\w+_pkey\b/i],
  ['adds a column that must be given', /\bADD\s+COLUMN\s+(?!IF\b)[^,;]*\bNOT\s+NULL\b(?![^,;]*\bDEFAULT\b)(?<!\bDEFAULT\b[^,;]*)/i],
];

/** These ran before there was a release; a later one that must contract says here in which release the last reader of the old went. */
const BECAUSE: Readonly<Record<string, string>> = {
  'apps/gateway/migrations/access.ts': 'before the first release',
  'apps/gateway/migrations/read-only-tokens.ts': 'before the first release',
  'apps/gateway/migrations/tokens.ts': 'before the first release',
  'apps/search/migrations/editions.ts': 'before the first release',
  'apps/search/migrations/find-by-rarity.ts': 'before the first release',
  'apps/search/migrations/segments.ts': 'before the first release',
  'apps/wiki-git/migrations/trust-of-pages.ts': 'before the first release',
};

const migrations = filesOf('apps').filter(({ path }) => path.includes('/migrations/') && !path.endsWith('/index.ts'));

function contractionsOf(file: SourceFile): string[] {
  return CONTRACTS.filter(([, pattern]) => pattern.test(codeOf(file))).map(([what]) => what);
}

describe('migrations', () => {
  it('leave the release before all that it reads and writes', () => {
    const contracting = migrations.filter((file) => contractionsOf(file).length > 0 && !BECAUSE[file.path]);
    expect(contracting.map((file) => `${file.path}: ${contractionsOf(file).join(', ')}`)).toEqual([]);
  });

  it('contract where that is said', () => {
    expect(Object.keys(BECAUSE).filter((path) => contractionsOf(migrations.find((file) => file.path === path)!).length === 0)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE a.b ADD COLUMN c text NOT NULL', ['adds a column that must be given']],
    ["ALTER TABLE a.b ADD COLUMN c text NOT NULL DEFAULT 'x'", []],
    ["ALTER TABLE a.b ADD COLUMN c text DEFAULT 'x' NOT NULL", []],
    ['ALTER TABLE a.b ADD COLUMN c text, ADD COLUMN d int NOT NULL DEFAULT 0', []],
    ['ALTER TABLE a.b ALTER COLUMN c TYPE bigint', ['changes a column’s type']],
    ['CREATE OR REPLACE FUNCTION a.f() RETURNS int', []],
    ['CREATE TABLE a.b (c int NOT NULL)', []],
  ])('are read right: %s', (sql, expected) => {
    expect(contractionsOf({ path: '', text: sql, specifiers: [], isTest: false })).toEqual(expected);
  });
});
