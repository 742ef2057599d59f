import { describe, expect, it } from 'vitest';
import { type Cursor, decodeCursor, encodeCursor } from './page-cursor.js';

const projectId = '0198c0de-0000-7000-8000-000000000001';
const recent: Cursor = { order: 'recent', updatedAt: '2026-01-01T00:00:00.000Z', revision: 7, projectId };
const byPath: Cursor = { order: 'path', path: 'a.md', projectId };
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors', () => {
  it.each([recent, byPath])('come back as they were given', (cursor) => {
    expect(decodeCursor(encodeCursor(cursor), cursor.order)).toEqual(cursor);
  });

  it.each<[name: string, text: string]>([
    ['nothing', ''], ['no base64', '%%%'], ['no JSON', Buffer.from('{').toString('base64url')], ['another shape', encoded({ order: 'path' })],
    ['the other order', encodeCursor(recent)], ['a path that is none', encoded({ ...byPath, path: 'a\0.md' })], ['a project that is none', encoded({ ...byPath, projectId: 'x' })],
  ])('are refused when they hold %s', (_name, text) => {
    expect(() => decodeCursor(text, 'path')).toThrow(expect.objectContaining({ code: 'input.invalid', kind: 'invalid' }));
  });
});
