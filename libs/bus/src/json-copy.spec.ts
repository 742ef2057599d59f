import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonCopy } from './json-copy.js';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('jsonCopy', () => {
  it.each<[name: string, value: object]>([
    ['what JSON leaves out', { a: undefined, b: () => 1, c: Symbol('c'), d: [undefined, () => 1, Symbol('d')] }],
    ['numbers JSON has no word for', { a: NaN, b: [-Infinity], c: -0 }],
    ['times, also ones that are none', { at: new Date(0), never: new Date(NaN) }],
    ['what says itself how it is written', { a: { toJSON: (key: string) => `as ${key}` }, b: [{ toJSON: (key: string) => key }], c: { toJSON: () => undefined }, d: { toJSON: 1 } }],
    ['an array with holes', { a: Object.assign([], { 2: 1 }) }],
    ['a dangerous key', JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as object],
    ['bytes', { a: Buffer.from('abc'), b: new Uint8Array([1, 2]) }],
    ['collections', { a: new Map([[1, 2]]), b: new Set([1]) }],
    ['inherited and hidden properties', Object.create({ inherited: 1 }, { hidden: { value: 1 }, shown: { value: 2, enumerable: true } }) as object],
    ['half a character', { a: '\ud800', '\udc00': '\0' }],
  ])('%s', (_name, value) => {
    expect(jsonCopy(value)).toStrictEqual(throughJson(value));
  });

  it('is what comes through JSON, of anything', () => {
    const anything = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true, withMap: true, withSet: true, stringUnit: 'binary' });
    fc.assert(fc.property(anything, (value) => {
      expect(jsonCopy({ value })).toStrictEqual(throughJson({ value }));
    }), { numRuns: 1_000 });
  });

  it('shares no object with what it was made of', () => {
    const value = { a: [{ b: 1 }] };
    const copy = jsonCopy(value);
    copy.a[0]!.b = 2;
    expect(value).toEqual({ a: [{ b: 1 }] });
  });

  it('throws where JSON does', () => {
    const circle: { inner?: object } = {};
    circle.inner = circle;
    expect(() => jsonCopy({ a: 1n })).toThrow(TypeError);
    expect(() => jsonCopy(circle)).toThrow(RangeError);
  });
});
