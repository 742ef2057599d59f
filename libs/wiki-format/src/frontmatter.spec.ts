import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage, serialisePage } from './frontmatter.js';

const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/[\p{Cs}\0]/gu, ''));
const json = fc.jsonValue({ stringUnit: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((unit) => unit !== '\0') }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const frontmatter = fc.dictionary(text, json, { maxKeys: 6 });

describe('parsePage', () => {
  it.each<[name: string, file: string, frontmatter: object, body: string]>([
    ['no frontmatter', '# Hello\n', {}, '# Hello\n'],
    ['an empty file', '', {}, ''],
    ['an ordinary page', '---\ntitle: A\ntags: [x, y]\n---\n\n# Hello\n', { title: 'A', tags: ['x', 'y'] }, '\n# Hello\n'],
    ['Windows line ends', '---\r\ntitle: A\r\n---\r\nBody\r\n', { title: 'A' }, 'Body\r\n'],
    ['a byte order mark', '\uFEFF---\ntitle: A\n---\nBody', { title: 'A' }, 'Body'],
    ['nothing after the block', '---\ntitle: A\n---', { title: 'A' }, ''],
    ['an empty block', '---\n---\nBody', {}, 'Body'],
    ['a comment alone', '---\n# nothing\n---\nBody', {}, 'Body'],
    ['a rule in the body', 'Above\n---\nBelow\n', {}, 'Above\n---\nBelow\n'],
    ['a rule after the block', '---\na: 1\n---\nx\n---\ny', { a: 1 }, 'x\n---\ny'],
    ['a block that never closes', '---\ntitle: A\n', {}, '---\ntitle: A\n'],
    ['a date, which stays text', '---\nexpires_at: 2026-01-02\n---\n', { expires_at: '2026-01-02' }, ''],
    ['what Postgres can not hold', '---\na: "x\\0\\uD800y"\n---\n', { a: 'x\uFFFD\uFFFDy' }, ''],
    ['numbers JSON has no word for', '---\na: .inf\n---\n', { a: 'Infinity' }, ''],
    ['a dangerous key', '---\n__proto__: {x: 1}\n---\n', JSON.parse('{"__proto__":{"x":1}}') as object, ''],
  ])('reads %s', (_name, file, expected, body) => {
    expect(parsePage(file)).toStrictEqual({ frontmatter: expected, body, problem: null });
  });

  it.each([
    ['broken YAML', '---\na: [1\n---\nBody'],
    ['a list', '---\n- a\n---\nBody'],
    ['a word', '---\nhello\n---\nBody'],
    ['two values of one key', '---\na: 1\na: 2\n---\n'],
    ['aliases', '---\na: &x [1]\nb: *x\n---\n'],
    ['a pit without a floor', `---\na: ${'['.repeat(40)}${']'.repeat(40)}\n---\n`],
  ])('keeps the whole text as the body of a page whose frontmatter is %s, and says so', (_name, file) => {
    expect(parsePage(file)).toStrictEqual({ frontmatter: {}, body: file, problem: expect.any(String) as string });
  });

  it('never throws', () => {
    fc.assert(fc.property(text, (yaml) => typeof parsePage(`---\n${yaml}\n---\n`).body === 'string'));
  });

  it.each(['---\n'.concat('\n'.repeat(256 * 1024)), '---\n'.concat('a: [\n'.repeat(5_000), '---\n')])('takes little time for hostile text', (file) => {
    const started = performance.now();
    parsePage(file);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('serialisePage', () => {
  it('gives metadata and body back, character for character', () => {
    fc.assert(fc.property(frontmatter, text, (metadata, body) => {
      expect(parsePage(serialisePage(metadata, body))).toEqual({ frontmatter: metadata, body, problem: null });
    }));
  });

  it('is the same text whatever the order of the keys', () => {
    const a = serialisePage({ tags: ['x'], zeta: { b: 1, a: 2 }, title: 'T', alpha: 1 }, 'Body\n');
    const b = serialisePage({ alpha: 1, title: 'T', zeta: { a: 2, b: 1 }, tags: ['x'] }, 'Body\n');
    expect(a).toBe('---\ntitle: T\ntags:\n  - x\nalpha: 1\nzeta:\n  a: 2\n  b: 1\n---\nBody\n');
    expect(b).toBe(a);
  });

  it.each([
    ['writes no block where there is no metadata', {}, 'Body', 'Body'],
    ['guards a body that looks like frontmatter', {}, '---\na: 1\n---\n', '---\n---\n---\na: 1\n---\n'],
    ['leaves out what is undefined', { a: undefined }, 'Body', 'Body'],
  ])('%s', (_name, metadata, body, file) => {
    expect(serialisePage(metadata, body)).toBe(file);
  });

  it('refuses metadata that is nested too deeply', () => {
    const deep = Array.from({ length: 30 }).reduce<unknown>((inner) => [inner], 1);
    expect(() => serialisePage({ deep }, '')).toThrow('wiki.page.frontmatter-invalid');
  });
});
