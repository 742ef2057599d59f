import { expect, it } from 'vitest';
import type { Document } from './document.js';
import { INDEX_BYTES_MAX, indexText } from './index-text.js';

function documentOf(more: Partial<Document>): Document {
  return { key: 'k', versionId: 'v', sessionId: null, sequence: null, kind: 'note', isPinned: false, isSuperseded: false, path: null, agent: null, author: null, title: '', names: '', body: '', happenedAt: '2026-01-01T00:00:00.000Z', ...more };
}

it('gives the words of each text in order, irregular ones by their base form, and the identifiers of all once', () => {
  const text = indexText(documentOf({ title: 'Fix auth.ts', names: 'src/auth.ts', body: 'In auth.ts the userId was lost' }));
  expect(text).toMatchObject({ titleWords: 'fix auth ts', nameWords: 'src auth ts', bodyWords: 'in auth ts the user id was lose', length: 14 });
  expect(text.wholes).toEqual(['auth.ts', 'src/auth.ts', 'userid']);
});

it('stores neither NUL nor half a character', () => {
  expect(indexText(documentOf({ body: 'a\0b \ud83d c' })).body).toBe('a b \ufffd c');
});

it('cuts what is too long between characters', () => {
  const { body } = indexText(documentOf({ body: `a${'€'.repeat(INDEX_BYTES_MAX.body)}` }));
  expect(Buffer.byteLength(body)).toBeGreaterThan(INDEX_BYTES_MAX.body - 3);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(INDEX_BYTES_MAX.body);
  expect(body).not.toContain('\ufffd');
  const names = Array.from({ length: 30_000 }, (_, index) => `a_${index}`).join(' ');
  expect(indexText(documentOf({ body: names })).wholes.join('').length).toBeLessThanOrEqual(INDEX_BYTES_MAX.exact);
});

it.each([
  ['is all of the body', 'Paint the shed', 'Paint the shed', ''],
  ['is the beginning of a body of one line', 'Paint the shed and …', 'Paint the shed and the fence', ''],
  ['is the first line of several', 'Paint the shed', 'Paint the shed\nand the fence', 'paint the shed'],
  ['is something else', 'Shed', 'Paint it', 'shed'],
  ['is the one line there is, cut in its middle', 'Why the\n… [24 bytes omitted] …\nof the pool', 'Why the connection was taken out of the pool', ''],
  ['is the first of several lines, cut in its middle', 'Why the\n… [24 bytes omitted] …\nof the pool', 'Why the connection was taken out of the pool\nBecause', 'why the of the pool'],
])('of a title that %s takes what it adds', (_what, title, body, titleWords) => {
  expect(indexText(documentOf({ title, body })).titleWords).toBe(titleWords);
});
