import { ByteWriter } from './bytes.js';
import { writeFacts } from './document-table.js';
import { type Facts, FACTS_BYTES, KEYS_BLOCK, LENGTH_BYTES, LENGTH_MAX, NUMBER_BYTES, SESSION_BYTES } from './segment-layout.js';

/** A document as a segment keeps it. */
export interface Entry {
  number: number;
  key: string;
  /** In words. */
  length: number;
  facts: Facts;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The table of documents and their keys, in the order of the layout. */
export function documentParts(entries: readonly Entry[]): { parts: Buffer[]; kinds: string[] } {
  const kinds = [...new Set(entries.map(({ facts }) => facts.kind))].sort();
  const { sessions, members, placeOf } = sessionParts(entries);
  const facts = Buffer.alloc(FACTS_BYTES * entries.length);
  entries.forEach((entry, ordinal) => writeFacts(entry.facts, kinds, placeOf.get(entry.facts.sessionId ?? ''), facts, FACTS_BYTES * ordinal));
  const { keyOffsets, keys } = keyParts(entries);
  return { parts: [numbersOf(entries), lengthsOf(entries), facts, sessions, members, keyOffsets, keys], kinds };
}

export function boundedLength({ length }: Entry): number {
  return Math.min(length, LENGTH_MAX);
}

function numbersOf(entries: readonly Entry[]): Buffer {
  const first = entries[0]!.number;
  if (entries.at(-1)!.number - first === entries.length - 1) return Buffer.alloc(0);
  return integers(entries.map(({ number }) => number - first));
}

function lengthsOf(entries: readonly Entry[]): Buffer {
  const lengths = Buffer.alloc(LENGTH_BYTES * entries.length);
  entries.forEach((entry, ordinal) => lengths.writeUInt16LE(boundedLength(entry), LENGTH_BYTES * ordinal));
  return lengths;
}

/** Sessions by their ids, and each one's documents by their sequence. */
function sessionParts(entries: readonly Entry[]): { sessions: Buffer; members: Buffer; placeOf: Map<string, number> } {
  const ordinals = Map.groupBy(Array.from(entries.keys()).filter((ordinal) => entries[ordinal]!.facts.sessionId !== null), (ordinal) => entries[ordinal]!.facts.sessionId!);
  const sequenceOf = (ordinal: number): number => entries[ordinal]!.facts.sequence!;
  const sorted = [...ordinals].sort(([a], [b]) => (a < b ? -1 : 1));
  const sessions = Buffer.alloc(SESSION_BYTES * sorted.length);
  const members: number[] = [];
  sorted.forEach(([sessionId, of], place) => {
    sessions.write(sessionId.replaceAll('-', ''), SESSION_BYTES * place, 'hex');
    sessions.writeUInt32LE(members.length, SESSION_BYTES * place + SESSION_BYTES - NUMBER_BYTES);
    for (const ordinal of of.sort((a, b) => sequenceOf(a) - sequenceOf(b))) members.push(ordinal);
  });
  return { sessions, members: integers(members), placeOf: new Map(sorted.map(([sessionId], place) => [sessionId, place])) };
}

function keyParts(entries: readonly Entry[]): { keyOffsets: Buffer; keys: Buffer } {
  const keys = new ByteWriter();
  const offsets: number[] = [];
  entries.forEach(({ key }, ordinal) => {
    if (ordinal % KEYS_BLOCK === 0) offsets.push(keys.length);
    writeKey(key, keys);
  });
  return { keyOffsets: integers(offsets), keys: keys.written() };
}

/** A UUID is told from other keys, none of which is empty, by a length of zero. */
function writeKey(key: string, to: ByteWriter): void {
  if (!UUID.test(key)) return to.text(key);
  to.varint(0);
  to.raw(Buffer.from(key.replaceAll('-', ''), 'hex'));
}

function integers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(NUMBER_BYTES * values.length);
  values.forEach((value, index) => bytes.writeUInt32LE(value, NUMBER_BYTES * index));
  return bytes;
}
