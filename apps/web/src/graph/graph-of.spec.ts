import { describe, expect, it } from 'vitest';
import { graphOf, nodesBy } from './graph-of.js';

const page = (path: string, ...links: string[]) => ({ path, title: path.toUpperCase(), links });

describe('the graph of a wiki', () => {
  it('has one edge between two pages, however they link, and none to what is not there', () => {
    const { nodes, edges } = graphOf([page('a', 'b', 'gone', 'a'), page('b', 'a'), page('c', 'a')]);
    expect(edges.map(({ source, target }) => [source.path, target.path])).toEqual([['a', 'b'], ['c', 'a']]);
    expect(nodes.map(({ path, degree }) => [path, degree])).toEqual([['a', 2], ['b', 1], ['c', 1]]);
  });

  it('is searched by words of path and title, the most linked first', () => {
    const { nodes } = graphOf([page('notes/x', 'notes/y'), page('notes/y'), page('notes/z', 'notes/y'), page('other')]);
    expect(nodesBy('NOTES', nodes).map(({ path }) => path)).toEqual(['notes/y', 'notes/x', 'notes/z']);
  });
});
