import { ByteReader } from './bytes.js';
import { type Facts, FACTS_BYTES, KEYS_BLOCK, LENGTH_BYTES, NUMBER_BYTES, type Segment, SESSION_BYTES } from './segment-layout.js';

/** In facts: a session's place among the sessions, from 1; what a document of no session has in its place; and the flags. */
const [HAPPENED_AT, SEQUENCE, SESSION, KIND, FLAGS, TEXT_HASH] = [0, 8, 12, 16, 17, 18];
const NO_SESSION = 0;
const [PINNED, SUPERSEDED, HASHED] = [1, 2, 4];
const ID_BYTES = 16;

export function writeFacts(facts: Facts, kinds: readonly string[], session: number | undefined, to: Buffer, at: number): void {
  to.writeDoubleLE(facts.happenedAt, at + HAPPENED_AT);
  to.writeUInt32LE(facts.sequence ?? 0, at + SEQUENCE);
  to.writeUInt32LE(session === undefined ? NO_SESSION : session + 1, at + SESSION);
  to.writeUInt8(kinds.indexOf(facts.kind), at + KIND);
  to.writeUInt8((facts.isPinned ? PINNED : 0) | (facts.isSuperseded ? SUPERSEDED : 0) | (facts.textHash === null ? 0 : HASHED), at + FLAGS);
  to.writeUInt32LE(facts.textHash ?? 0, at + TEXT_HASH);
}

/** The part of a segment that tells of its documents, but for their keys: some 30 bytes each, read as a whole. */
export class DocumentTable {
  /** In words, by ordinal. */
  readonly lengths: Uint16Array;

  /** `bytes` are those from `numbersAt` to `keysAt`. */
  constructor(private readonly segment: Segment, private readonly bytes: Buffer) {
    const from = this.at('lengthsAt');
    this.lengths = Uint16Array.from({ length: segment.layout.documents }, (_, ordinal) => bytes.readUInt16LE(from + LENGTH_BYTES * ordinal));
  }

  lengthOf(ordinal: number): number {
    return this.lengths[ordinal]!;
  }

  numberOf(ordinal: number): number {
    const { firstNumber, layout } = this.segment;
    return layout.numbersAt === layout.lengthsAt ? firstNumber + ordinal : firstNumber + this.bytes.readUInt32LE(NUMBER_BYTES * ordinal);
  }

  factsOf(ordinal: number): Facts {
    const { bytes } = this;
    const at = this.at('factsAt') + FACTS_BYTES * ordinal;
    const [session, flags] = [bytes.readUInt32LE(at + SESSION), bytes[at + FLAGS]!];
    return {
      kind: this.segment.layout.kinds[bytes[at + KIND]!]!, isPinned: (flags & PINNED) !== 0, isSuperseded: (flags & SUPERSEDED) !== 0, happenedAt: bytes.readDoubleLE(at + HAPPENED_AT),
      textHash: (flags & HASHED) === 0 ? null : bytes.readUInt32LE(at + TEXT_HASH),
      ...(session === NO_SESSION ? { sessionId: null, sequence: null } : { sessionId: uuidOf(bytes, this.sessionAt(session - 1)), sequence: bytes.readUInt32LE(at + SEQUENCE) }),
    };
  }

  /** The documents of a session whose sequence is from `first` to `last`, by rising sequence. */
  inSession(sessionId: string, first: number, last: number): number[] {
    const session = this.findSession(Buffer.from(sessionId.replaceAll('-', ''), 'hex'));
    if (session < 0) return [];
    const [from, to] = [this.membersFrom(session), this.membersFrom(session + 1)];
    const found: number[] = [];
    for (let member = firstOf(from, to, (each) => this.sequenceOf(this.memberAt(each)) >= first); member < to && this.sequenceOf(this.memberAt(member)) <= last; member += 1) found.push(this.memberAt(member));
    return found;
  }

  /** Where the keys of a document's block are in the segment. */
  keysOf(ordinal: number): { from: number; to: number } {
    const { keyOffsetsAt, keysAt, dictionaryAt } = this.segment.layout;
    const offset = (block: number): number => (keyOffsetsAt + NUMBER_BYTES * block < keysAt ? keysAt + this.bytes.readUInt32LE(this.at('keyOffsetsAt') + NUMBER_BYTES * block) : dictionaryAt);
    const block = Math.floor(ordinal / KEYS_BLOCK);
    return { from: offset(block), to: offset(block + 1) };
  }

  private get sessions(): number {
    return (this.segment.layout.membersAt - this.segment.layout.sessionsAt) / SESSION_BYTES;
  }

  /** Sessions stand in the order of their ids. -1 where the segment has nothing of this one. */
  private findSession(id: Buffer): number {
    const { bytes, sessions } = this;
    const session = firstOf(0, sessions, (each) => bytes.compare(id, 0, ID_BYTES, this.sessionAt(each), this.sessionAt(each) + ID_BYTES) >= 0);
    return session < sessions && bytes.compare(id, 0, ID_BYTES, this.sessionAt(session), this.sessionAt(session) + ID_BYTES) === 0 ? session : -1;
  }

  private sessionAt(session: number): number {
    return this.at('sessionsAt') + SESSION_BYTES * session;
  }

  private membersFrom(session: number): number {
    const { membersAt, keyOffsetsAt } = this.segment.layout;
    return session < this.sessions ? this.bytes.readUInt32LE(this.sessionAt(session) + ID_BYTES) : (keyOffsetsAt - membersAt) / NUMBER_BYTES;
  }

  private memberAt(member: number): number {
    return this.bytes.readUInt32LE(this.at('membersAt') + NUMBER_BYTES * member);
  }

  private sequenceOf(ordinal: number): number {
    return this.bytes.readUInt32LE(this.at('factsAt') + FACTS_BYTES * ordinal + SEQUENCE);
  }

  private at(part: 'lengthsAt' | 'factsAt' | 'sessionsAt' | 'membersAt' | 'keyOffsetsAt'): number {
    return this.segment.layout[part] - this.segment.layout.numbersAt;
  }
}

export function uuidOf(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + ID_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The first from `from` to before `to` for which it holds, as for all after it; else `to`. */
function firstOf(from: number, to: number, holds: (index: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The keys of a block, from the one at `ordinal` on alone. */
export function keyWithin(bytes: Uint8Array, ordinal: number): string {
  const reader = new ByteReader(bytes);
  for (let before = ordinal % KEYS_BLOCK; before > 0; before -= 1) skipKey(reader);
  return readKey(reader);
}

export function readKey(reader: ByteReader): string {
  const start = reader.at;
  if (reader.varint() > 0) {
    reader.at = start;
    return reader.text();
  }
  reader.at += ID_BYTES;
  return uuidOf(Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset, reader.bytes.length), reader.at - ID_BYTES);
}

function skipKey(reader: ByteReader): void {
  const size = reader.varint();
  reader.at += size || ID_BYTES;
}
