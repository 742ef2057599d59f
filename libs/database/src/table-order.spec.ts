import { describe, expect, it } from 'vitest';
import { parentsFirst } from './table-order.js';

const refer = (child: string, ...parents: string[]) => parents.map((parent) => ({ child, parent }));

describe('tables', () => {
  it.each([
    ['keep their order where none refers to another', ['b', 'a'], [], ['b', 'a']],
    ['come after what they refer to', ['a', 'b', 'c'], [...refer('a', 'b'), ...refer('b', 'c')], ['c', 'b', 'a']],
    ['may refer to themselves', ['a', 'b'], [...refer('a', 'a', 'b')], ['b', 'a']],
  ])('%s', (_what, tables, references, expected) => {
    expect(parentsFirst(tables, references)).toEqual(expected);
  });

  it('that refer to each other have no order', () => {
    expect(() => parentsFirst(['a', 'b'], [...refer('a', 'b'), ...refer('b', 'a')])).toThrow('circle: a, b');
  });
});
