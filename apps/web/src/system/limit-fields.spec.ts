import { expect, it } from 'vitest';
import { changesOf, textsOf } from './limit-fields.js';

it.each([
  [{}, {}],
  [{ token: { requests: 100 }, stored: { rows: 5 } }, { 'token.requests': '100', 'stored.rows': '5' }],
])('%j is filled in as %j, and read back', (changes, texts) => expect([textsOf(changes), changesOf(texts)]).toEqual([texts, changes]));

it('says nothing of what was emptied', () => expect(changesOf({ 'token.requests': ' ', 'token.events': '7' })).toEqual({ token: { events: 7 } }));
