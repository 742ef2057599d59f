import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '#libs/faults';
import { namesIn, routerPath, templatePath } from './path-params.js';
import { listOf, wholeNumber } from './query-values.js';
import { type RawInput, readInput } from './request-input.js';
import { route } from './route.js';

const ROUTE = route({
  method: 'PUT',
  path: '/workspaces/{workspace}/pages/{*path}',
  summary: '',
  query: { limit: wholeNumber(1, 100, 50), kinds: listOf(z.enum(['note', 'rule'])) },
  headers: { 'if-match': z.string().optional() },
  body: z.strictObject({ title: z.string(), tags: z.array(z.string()).default([]) }),
  response: z.object({}),
});

const GOOD: RawInput = { params: { workspace: 'acme', path: ['notes', 'a.md'] }, query: {}, headers: { host: 'x' }, body: { title: 'A' } };

function sentenceOf(change: Partial<RawInput>): string {
  try {
    readInput(ROUTE, { ...GOOD, ...change });
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.sentence}`;
    throw error;
  }
  return 'accepted';
}

describe('the path of a route', () => {
  it('is translated for the router and for OpenAPI', () => {
    expect(routerPath(ROUTE.path)).toBe('/workspaces/:workspace/pages/*path');
    expect(templatePath(ROUTE.path)).toBe('/workspaces/{workspace}/pages/{path}');
    expect(namesIn(ROUTE.path)).toEqual(['workspace', 'path']);
  });

  it('fails the boot where it names an undeclared parameter', () => {
    expect(() => route({ method: 'GET', path: '/x/{nobody}', summary: '', response: z.object({}) })).toThrow(/nobody/);
    expect(() => namesIn('/x/{constructor}')).toThrow(/constructor/);
  });
});

describe('the input of a route', () => {
  it('is parsed, with defaults, and the rest of a path joined', () => {
    expect(readInput(ROUTE, GOOD)).toEqual({ params: { workspace: 'acme', path: 'notes/a.md' }, query: { limit: 50 }, headers: {}, body: { title: 'A', tags: [] } });
  });

  it.each([
    [{ limit: '7' }, { limit: 7 }],
    [{ kinds: 'note,rule' }, { limit: 50, kinds: ['note', 'rule'] }],
    [{ kinds: ['note', 'rule'] }, { limit: 50, kinds: ['note', 'rule'] }],
  ])('reads the query %j', (query, expected) => {
    expect(readInput(ROUTE, { ...GOOD, query })).toMatchObject({ query: expected });
  });

  it.each<[string, Partial<RawInput>, RegExp]>([
    ['an unknown query name', { query: { limitt: '1' } }, /^input.invalid query: unknown name "limitt"$/],
    ['several of them', { query: { a: '1', b: '2' } }, /unknown names "a", "b"/],
    ['too large a number', { query: { limit: '101' } }, /query\.limit: /],
    ['an empty number', { query: { limit: '' } }, /query\.limit: /],
    ['a number in another spelling', { query: { limit: '0x10' } }, /query\.limit: /],
    ['a name given twice', { query: { limit: ['1', '2'] } }, /query\.limit: /],
    ['an unknown member of a list', { query: { kinds: 'note,x' } }, /query\.kinds\.1: /],
    ['a missing body', { body: undefined }, /^http.json-needed /],
    ['a body of another type', { body: [] }, /body: /],
    ['an unknown field', { body: { title: 'A', x: 1 } }, /body: unknown name "x"/],
    ['a field that would change a prototype', { body: JSON.parse('{"title":"A","__proto__":{"x":1}}') }, /body: unknown name "__proto__"/],
    ['a NUL in the path', { params: { workspace: 'a\0b', path: ['x'] } }, /path\.workspace: holds a NUL/],
    ['a NUL in the body', { body: { title: 'A', tags: ['ok', 'a\0'] } }, /body\.tags\.1: holds a NUL/],
    ['half a surrogate pair', { body: { title: '\ud83d' } }, /body\.title: holds a NUL or an unpaired/],
  ])('is refused for %s', (_name, change, sentence) => {
    expect(sentenceOf(change)).toMatch(sentence);
  });

  it('is refused without a word of what was sent', () => {
    expect(sentenceOf({ body: { title: 4711, tags: ['canary', 5] } })).not.toMatch(/canary|4711/);
  });

  it('takes whole pairs of surrogates', () => {
    expect(sentenceOf({ body: { title: '😀' } })).toBe('accepted');
  });
});
