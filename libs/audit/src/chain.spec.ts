import { describe, expect, it } from 'vitest';
import { CHAIN_START, followLinks, type Link, linkHash } from './chain.js';

const START = { position: 0, hash: CHAIN_START };

/** A chain of entries with these texts. */
function chainOf(...contents: string[]): Link[] {
  let hash = CHAIN_START;
  return contents.map((content, index) => ({ position: index + 1, content, hash: (hash = linkHash(hash, index + 1, content)) }));
}

const WHOLE = chainOf('{"a":1}', '{"b":2}', '{"c":3}', '{"d":4}');

/** As somebody would leave it who may write rows but forgot the rest. */
function changed(position: number, change: Partial<Link>): Link[] {
  return WHOLE.map((link) => (link.position === position ? { ...link, ...change } : link));
}

describe('a chain', () => {
  it('that is whole leads to its last link', () => {
    expect(followLinks(START, WHOLE)).toEqual({ place: { position: 4, hash: WHOLE[3]!.hash } });
  });

  it('can be followed from any place in it', () => {
    expect(followLinks({ position: 2, hash: WHOLE[1]!.hash }, WHOLE.slice(2))).toEqual({ place: { position: 4, hash: WHOLE[3]!.hash } });
  });

  it('hashes as the documents say', () => {
    expect(linkHash(CHAIN_START, 1, '{}')).toBe('857ee6299d26533d1f5f46c02209ae8bc34dc4898a8a9545493946b4ea59d6f3');
  });

  it.each([
    ['a text was altered', changed(2, { content: '{"b":9}' }), { position: 2, reason: 'altered' }],
    ['a text and its hash were altered', changed(2, { content: '{"b":9}', hash: linkHash(WHOLE[0]!.hash, 2, '{"b":9}') }), { position: 3, reason: 'altered' }],
    ['an entry was taken out', WHOLE.filter(({ position }) => position !== 3), { position: 3, reason: 'missing' }],
    ['the first entry was taken out', WHOLE.slice(1), { position: 1, reason: 'missing' }],
    ['an entry was taken out and the rest moved up', WHOLE.filter(({ position }) => position !== 2).map((link, index) => ({ ...link, position: index + 1 })), { position: 2, reason: 'altered' }],
    ['two entries changed places', [WHOLE[0]!, { ...WHOLE[2]!, position: 2 }, { ...WHOLE[1]!, position: 3 }, WHOLE[3]!], { position: 2, reason: 'altered' }],
    ['two rows changed places', [WHOLE[0]!, WHOLE[2]!, WHOLE[1]!, WHOLE[3]!], { position: 2, reason: 'missing' }],
    ['an entry is there twice', [WHOLE[0]!, WHOLE[1]!, WHOLE[1]!, WHOLE[2]!], { position: 3, reason: 'missing' }],
  ])('where %s names the first link that does not follow', (_what, links, broken) => {
    expect(followLinks(START, links)).toEqual({ broken });
  });
});
