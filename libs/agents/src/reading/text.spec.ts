import { describe, expect, it } from 'vitest';
import { withoutInjectedContext } from './injected-context.js';
import { asId, asLabel, asMessage, cleanText, firstLine, plainText } from './text.js';

describe('cleanText', () => {
  it('leaves out what Postgres cannot hold, and nothing else', () => {
    expect(cleanText('a\u0000b\uD800c\u{1F600}é\n')).toBe('ab\uFFFDc\u{1F600}é\n');
  });
});

describe('plainText', () => {
  it.each([
    ['text', 'a\nb', 'a\nb'],
    ['output streams', { stdout: 'out\n', stderr: 'err', interrupted: false }, 'out\n\nerr'],
    ['content blocks', [{ type: 'text', text: 'a' }, { type: 'image', data: 'AAAA' }, 'b'], 'a\n[image]\nb'],
    ['an MCP result', { content: [{ type: 'text', text: 'hit' }] }, 'hit'],
    ['a file that was read', { type: 'text', file: { filePath: '/a', content: '# a' } }, '# a'],
    ['an image that was read', { type: 'image', file: { base64: 'AAAA' } }, '[image]'],
    ['other objects', { matches: ['a', 'b'], total: 2, more: false, none: null }, 'matches: a\nb\ntotal: 2\nmore: false'],
    ['recalled text', '<hook_context>old</hook_context>new', 'new'],
    ['nothing', null, ''],
  ])('flattens %s', (_what, value, expected) => {
    expect(plainText(value)).toBe(expected);
  });

  it('cuts no text, however long', () => {
    expect(plainText({ stdout: 'x'.repeat(300_000) })).toHaveLength(300_000);
  });

  it('ends on values that are deep or many', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50_000; level += 1) deep = { a: deep, b: [deep] };
    expect(plainText(deep)).toBe('');
    expect(plainText(Array.from({ length: 100_000 }, (_, index) => index)).split('\n').length).toBeLessThan(500);
  });
});

describe('asMessage', () => {
  it.each([
    ['fix it', 'fix it'],
    [[{ type: 'text', text: 'fix' }, { type: 'image', url: 'x' }, 'it'], 'fix\nit'],
    [[{ type: 'text', text: 'recalled', synthetic: true }, { type: 'text', text: 'fix it' }], 'fix it'],
    [{ role: 'user', content: [{ text: 'fix it' }] }, 'fix it'],
    [{ id: 'msg_1', role: 'user' }, undefined],
    ['  ', undefined],
    [42, undefined],
  ])('reads %j', (value, expected) => {
    expect(asMessage(value)).toBe(expected);
  });
});

describe('asLabel', () => {
  it.each([[' a ', 'a'], [7, undefined], ['abcde', undefined], ['', undefined], [{}, undefined], [1.5, undefined]])('reads %j', (value, expected) => {
    expect(asLabel(4)(value)).toBe(expected);
  });
});

describe('asId', () => {
  it.each([[' a ', 'a'], [7, '7'], [0, '0'], ['x'.repeat(257), undefined], [1.5, undefined], [null, undefined]])('reads %j', (value, expected) => {
    expect(asId(value)).toBe(expected);
  });
});

describe('firstLine', () => {
  it.each([['a\nb', 'a'], ['\n\n  a \r\nb', 'a'], ['', '']])('of %j', (text, expected) => {
    expect(firstLine(text)).toBe(expected);
  });
});

describe('withoutInjectedContext', () => {
  it.each([
    ['<hook_context>old</hook_context>\n\nnew', '\n\nnew'],
    ['a<hook_context source="SessionStart">x</hook_context>b<hook_result>y</hook_result>c', 'abc'],
    ['<!-- ai-memory:untrusted-history:start -->old<!-- ai-memory:untrusted-history:end -->new', 'new'],
    ['what does <hook_context> mean?', 'what does <hook_context> mean?'],
    ['</hook_context> before <hook_context>', '</hook_context> before <hook_context>'],
  ])('of %j', (text, expected) => {
    expect(withoutInjectedContext(text)).toBe(expected);
  });

  it('takes time in proportion to the text', () => {
    expect(withoutInjectedContext('<hook_context>'.repeat(200_000))).toHaveLength(14 * 200_000);
  });
});
