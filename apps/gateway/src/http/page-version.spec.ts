import { describe, expect, it } from 'vitest';
import { etagOf, holdsVersion, IfAbsent, IfMatch, pageIdOf } from './page-version.js';

const ID = '00000000-0000-4000-8000-00000000000a';

describe('the version of a page', () => {
  it.each([etagOf(ID), `W/${etagOf(ID)}`])('is read from the ETag %s', (etag) => {
    expect(pageIdOf(IfMatch.parse(etag))).toBe(ID);
  });

  it.each([ID, '"x"', '*', '', `${etagOf(ID)}, ${etagOf(ID)}`])('is not taken from %j', (etag) => {
    expect(IfMatch.safeParse(etag).success).toBe(false);
  });

  it('is not needed', () => {
    expect(pageIdOf(IfMatch.parse(undefined))).toBeUndefined();
  });

  it('may be asked to be none, in one way', () => {
    expect(IfAbsent.parse('*')).toBe('*');
    expect(IfAbsent.safeParse(etagOf(ID)).success).toBe(false);
  });

  it.each<[string | undefined, boolean]>([
    [etagOf(ID), true],
    [`W/${etagOf(ID)}`, true],
    [`"other", ${etagOf(ID)}`, true],
    ['*', true],
    [undefined, false],
    ['', false],
    ['"other"', false],
    [etagOf(ID.replace('a', 'b')), false],
  ])('is current for a caller who has %j: %s', (tags, isCurrent) => {
    expect(holdsVersion(tags, ID)).toBe(isCurrent);
  });
});
