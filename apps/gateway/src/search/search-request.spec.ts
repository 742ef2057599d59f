import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SearchMemories } from '#libs/contracts';
import { SEARCH_FIELDS, searchInput } from './search-request.js';

const Fields = z.strictObject(SEARCH_FIELDS);
const asked = (fields: z.input<typeof Fields>) => SearchMemories.input.parse({ projectIds: ['00000000-0000-4000-8000-000000000001'], query: 'x', ...searchInput(Fields.parse(fields)) });

describe('what is asked of search', () => {
  it('is what the caller asked for, in search\'s own words', () => {
    expect(asked({ kinds: ['gotcha'], users: ['Ann'], after: '2026-01-02', before: '2026-01-03T00:00:00+01:00', include_superseded: true, explain: true, cursor: 'abc' })).toMatchObject({
      kinds: ['gotcha'], users: ['Ann'], from: '2026-01-02T00:00:00Z', until: '2026-01-03T00:00:00+01:00', isSupersededEqual: true, isExplained: true, cursor: 'abc',
    });
  });

  it('is nothing more than the words where nothing else is', () => {
    expect(asked({})).toMatchObject({ isSupersededEqual: false, isExplained: false });
  });

  it.each([['2026-02-30'], ['0000-01-01'], ['yesterday'], ['2026-01-01T00:00:00'], ['1767225600']])('has no time %s', (after) => {
    expect(Fields.safeParse({ after }).success).toBe(false);
  });
});
