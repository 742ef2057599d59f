import fc from 'fast-check';

/** What has broken parsers, databases, shells and pages before. */
const PIECES = [
  '\0', '\ud800', '\udc00x', '\u202e', '\u2028', '🙂', 'a\u0301', '\ufeff', '\r\nx-injected: 1\r\n', '../', '..%2f', '%00', '%ff', '%', '\\', '/', '.git/', "' OR '1'='1", '"; DROP TABLE x; --', '$1', '${7*7}', '{{7*7}}',
  '<script>alert(1)</script>', '__proto__', 'constructor', 'NaN', '1e999', '-0', '9'.repeat(40), '`', '[[', ']]', '---\n', '|', '*', '(', ')', ':', '"', "'", '-', '~', '@', '#', '?', '&', '=', '+', ' ', '\t', '\n',
];

export const wildText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('x', '🙂', '[', '"', '\n', ' ', '../', '(', 'a '), fc.integer({ min: 200, max: 20_000 })).map(([piece, times]) => piece.repeat(times)) },
);

const nested = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.boolean()).map(([depth, isArray]) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = isArray ? [value] : { a: value };
  return value;
});

export const wildValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: wildText },
  { weight: 3, arbitrary: fc.oneof(fc.constantFrom(0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], { '': '' }, '') },
  { weight: 2, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: nested },
);

type Edit = (bytes: Buffer) => Buffer;
const at = (bytes: Buffer, place: number): number => Math.floor(place * bytes.length);
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true });

const EDIT: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([p, byte]): Edit => (bytes) => Buffer.concat([bytes.subarray(0, at(bytes, p)), Buffer.of(byte), bytes.subarray(at(bytes, p) + 1)])),
  fc.tuple(place, fc.uint8Array({ maxLength: 12 })).map(([p, more]): Edit => (bytes) => Buffer.concat([bytes.subarray(0, at(bytes, p)), more, bytes.subarray(at(bytes, p))])),
  fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([p, length]): Edit => (bytes) => Buffer.concat([bytes.subarray(0, at(bytes, p)), bytes.subarray(at(bytes, p) + length)])),
  fc.tuple(place, place, fc.integer({ min: 1, max: 200 })).map(([p, q, length]): Edit => (bytes) => Buffer.concat([bytes.subarray(0, at(bytes, p)), bytes.subarray(at(bytes, q), at(bytes, q) + length), bytes.subarray(at(bytes, p))])),
  place.map((p): Edit => (bytes) => bytes.subarray(0, at(bytes, p))),
);

/** Something valid with one to six of its bytes changed, added, left out, said twice, or cut off. */
export function mutated(seeds: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(EDIT, { minLength: 1, maxLength: 6 })).map(([seed, edits]) => edits.reduce((bytes, edit) => edit(bytes), seed));
}
