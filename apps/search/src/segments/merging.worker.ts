import '../threads/low-priority.js';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { asBuffer, ownMemory } from '../threads/bytes-between-threads.js';
import { mergeSegments, type WholeSegment } from './segment-merge.js';
import type { NewSegment } from './segment-writer.js';

/** Runs in a thread of its own (merging.service.ts). */
export function merge({ sources, removed }: { sources: readonly WholeSegment[]; removed: ReadonlySet<number> }): NewSegment | null {
  const merged = mergeSegments(sources.map((source) => ({ ...source, bytes: asBuffer(source.bytes) })), removed);
  return merged && (move({ [transferableSymbol]: ownMemory(merged.bytes), [valueSymbol]: merged }) as unknown as NewSegment);
}
