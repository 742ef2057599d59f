import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saturation } from '../ranking/bm25.js';
import type { Occurrences } from '../ranking/candidate.js';
import { bestDocuments } from './best-documents.js';
import { DocumentTable, keyWithin } from './document-table.js';
import { occurrencesAt, PostingList } from './posting-list.js';
import { buildSegment, type IndexedDocument } from './segment-builder.js';
import { mergeSegments, type WholeSegment } from './segment-merge.js';
import type { Facts } from './segment-layout.js';
import { documentsSpan, findEntries, readDirectory, type ReadSpan } from './segment-reader.js';
import type { NewSegment } from './segment-writer.js';

function wholeOf(documents: readonly IndexedDocument[]): WholeSegment {
  return placed(buildSegment(documents));
}

function placed({ bytes, ...facts }: NewSegment): WholeSegment {
  return { segment: { segmentId: 's', projectId: 'p', ...facts }, bytes };
}

const readOf = ({ bytes }: WholeSegment): ReadSpan => (from, to) => bytes.subarray(from, to);

function tableOf(whole: WholeSegment): DocumentTable {
  const { from, to } = documentsSpan(whole.segment);
  return new DocumentTable(whole.segment, whole.bytes.subarray(from, to));
}

function documentsOf(whole: WholeSegment): { number: number; key: string; length: number; facts: Facts }[] {
  const table = tableOf(whole);
  const keyOf = (ordinal: number): string => keyWithin(whole.bytes.subarray(table.keysOf(ordinal).from, table.keysOf(ordinal).to), ordinal);
  return Array.from({ length: whole.segment.layout.documents }, (_, ordinal) => ({ number: table.numberOf(ordinal), key: keyOf(ordinal), length: table.lengthOf(ordinal), facts: table.factsOf(ordinal) }));
}

function listOf(whole: WholeSegment, term: string): PostingList | null {
  const read = readOf(whole);
  const [entry] = findEntries(whole.segment, readDirectory(whole.segment, read), read, term);
  return entry ? new PostingList(entry.documents, read(entry.postings.from, entry.postings.to), (ordinal) => tableOf(whole).lengthOf(ordinal)) : null;
}

/** Where a term stands in each document, by its number, as the segment has it. */
function occurrencesOf(whole: WholeSegment, term: string): Map<number, Occurrences> {
  const read = readOf(whole);
  const [entry] = findEntries(whole.segment, readDirectory(whole.segment, read), read, term);
  const list = listOf(whole, term);
  const found = new Map<number, Occurrences>();
  for (let ordinal = 0; list && ordinal < whole.segment.layout.documents; ordinal += 1) {
    for (const { from, to, ...located } of list.locate([ordinal], entry!.occurrences.to - entry!.occurrences.from)) {
      found.set(tableOf(whole).numberOf(ordinal), occurrencesAt(read(entry!.occurrences.from + from, entry!.occurrences.from + to), located)[0]!);
    }
  }
  return found;
}

const TERMS = ['a', 'ab', 'abc', 'b', 'memory', 'memories', 'größe', '🦭', '🦭🦦', 'src/a.ts', "it's", ...Array.from({ length: 90 }, (_, index) => `word${index}`)];
const occurrences = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom('A', 'B', 'D', 'D', 'D')), { minLength: 1, maxLength: 5 }).map((places): Occurrences => {
  const byPosition = new Map(places);
  const sorted = [...byPosition].sort(([a], [b]) => a - b);
  return { positions: sorted.map(([position]) => position), weights: sorted.map(([, place]) => place).join('') };
});
const SESSIONS = ['00000000-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000001', '7fffffff-ffff-4fff-8fff-ffffffffffff'];
const facts: fc.Arbitrary<Facts> = fc.tuple(fc.constantFrom('note', 'user-prompt', 'größe'), fc.boolean(), fc.boolean(), fc.integer({ min: -1e12, max: 4e12 }), fc.option(fc.tuple(fc.constantFrom(...SESSIONS), fc.nat(9))), fc.option(fc.nat(0xffff_ffff)))
  .map(([kind, isPinned, isSuperseded, happenedAt, session, textHash]) => ({ kind, isPinned, isSuperseded, happenedAt, sessionId: session?.[0] ?? null, sequence: session?.[1] ?? null, textHash }));
const SOME: Facts = { kind: 'note', isPinned: false, isSuperseded: false, happenedAt: 0, sessionId: null, sequence: null, textHash: null };
const lexemes = fc.array(fc.tuple(fc.constantFrom(...TERMS), occurrences), { maxLength: 25 }).map((entries) => new Map(entries));
const documents = fc.array(fc.record({ lexemes, facts, length: fc.integer({ min: 0, max: 90_000 }), step: fc.integer({ min: 1, max: 3 }), key: fc.oneof(fc.uuid(), fc.constantFrom('notes/a.md', 'größe.md')) }), { minLength: 1, maxLength: 400 })
  .map((made) => made.map((document, index): IndexedDocument => ({ ...document, number: made.slice(0, index + 1).reduce((sum, { step }) => sum + step, 0) })));

describe('a segment', () => {
  it('gives back every document and every occurrence', () => {
    fc.assert(fc.property(documents, (made) => {
      const whole = wholeOf(made);
      expect(documentsOf(whole)).toEqual(made.map(({ number, key, length, facts }) => ({ number, key, length: Math.min(length, 65_535), facts })));
      for (const term of TERMS) {
        expect(occurrencesOf(whole, term)).toEqual(new Map(made.flatMap(({ number, lexemes: held }) => (held.has(term) ? [[number, held.get(term)!]] : []))));
      }
      for (const sessionId of SESSIONS) {
        const inSession = made.map(({ facts }, ordinal) => ({ ...facts, ordinal })).filter((each) => each.sessionId === sessionId && each.sequence! >= 3 && each.sequence! <= 6);
        expect(tableOf(whole).inSession(sessionId, 3, 6)).toEqual(inSession.sort((a, b) => a.sequence! - b.sequence!).map(({ ordinal }) => ordinal));
      }
    }), { numRuns: 25 });
  });

  it('finds all terms that begin alike', () => {
    const whole = wholeOf([{ number: 1, key: 'k', length: 3, facts: SOME, lexemes: new Map(TERMS.map((term) => [term, { positions: [1], weights: 'D' }])) }]);
    const read = readOf(whole);
    const find = (term: string): string[] => findEntries(whole.segment, readDirectory(whole.segment, read), read, term).map((entry) => entry.term).sort();
    for (const prefix of ['a', 'mem', 'word', 'word1', '🦭', 'zz', '']) expect(find(`${prefix}*`)).toEqual(TERMS.filter((term) => term.startsWith(prefix)).sort());
  });

  it('merged with its neighbours is what it would be if they had been one, without what was removed', async () => {
    await fc.assert(fc.asyncProperty(documents, fc.array(fc.nat(399), { maxLength: 3 }), fc.array(fc.nat(399), { maxLength: 400 }), async (made, cuts, gone) => {
      const removed = new Set(gone.flatMap((index) => made[index]?.number ?? []));
      const bounds = [0, ...[...new Set(cuts.filter((cut) => cut > 0 && cut < made.length))].sort((a, b) => a - b), made.length];
      const parts = bounds.slice(1).map((to, index) => wholeOf(made.slice(bounds[index], to)));
      const left = made.filter(({ number }) => !removed.has(number));
      expect(mergeSegments(parts, removed)).toEqual(left.length === 0 ? null : buildSegment(left));
    }), { numRuns: 25 });
  });
});

describe('the best documents', () => {
  const skewed = fc.array(fc.tuple(fc.nat(11).chain((most) => fc.nat(most)), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 8 });
  const wanted = fc.array(fc.record({ value: fc.double({ min: 0.01, max: 9, noNaN: true }), parts: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 6 });

  it('are those that a look at every document would choose, with the same scores', () => {
    fc.assert(fc.property(fc.array(skewed, { minLength: 1, maxLength: 300 }), wanted, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), (texts, terms, copies, howMany) => {
      // More documents than there are in a window, and in a block.
      const made = Array.from({ length: copies * texts.length }, (_, index): IndexedDocument => {
        const held = new Map(texts[index % texts.length]!.map(([term, times]) => [`t${term}`, { positions: Array.from({ length: times }, (_none, at) => at + 1), weights: 'D'.repeat(times) }]));
        return { number: index + 1, key: String(index), length: 5 + ((index * 7) % 40), facts: SOME, lexemes: held };
      });
      const cut = Math.ceil(made.length / 2);
      const parts = [made.slice(0, cut), made.slice(cut)].filter((part) => part.length > 0).map(wholeOf);
      const best = bestDocuments(parts.map((whole) => ({
        documents: whole.segment.layout.documents, lengths: tableOf(whole).lengths,
        terms: terms.map(({ value, parts: lists }) => ({ value, lists: lists.flatMap((term) => listOf(whole, `t${term}`) ?? []).map((list, index) => ({ list, likeness: index === 0 ? 1 : 0.3 })) })),
      })), 20, howMany);
      const likenesses = (part: number, lists: readonly number[]): number[] => {
        let seen = 0;
        return lists.map((term) => (listOf(parts[part]!, `t${term}`) ? (seen++ === 0 ? 1 : 0.3) : 0));
      };
      const all = made.map(({ number, length, lexemes: held }) => {
        const part = number <= cut ? 0 : 1;
        const score = terms.reduce((sum, { value, parts: lists }) => {
          const factors = likenesses(part, lists);
          const times = lists.reduce((total, term, index) => total + factors[index]! * (held.get(`t${term}`)?.positions.length ?? 0), 0);
          return times === 0 ? sum : sum + value * saturation(times, length, 20);
        }, 0);
        return { part, ordinal: part === 0 ? number - 1 : number - 1 - cut, score };
      }).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
      const scores = best.map(({ score }) => score).sort((a, b) => b - a);
      expect(scores.length).toBe(Math.min(howMany, all.length));
      scores.forEach((score, index) => expect(score).toBeCloseTo(all[index]!.score, 6));
      for (const { segment, ordinal, score } of best) expect(score).toBeCloseTo(all.find((each) => each.part === segment && each.ordinal === ordinal)!.score, 6);
    }), { numRuns: 25 });
  });
});
