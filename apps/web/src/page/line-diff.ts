import { diffArrays } from 'diff';

export interface DiffLine {
  /** From 1; absent on the side where the line is not. */
  before?: number;
  after?: number;
  text: string;
  kind: 'same' | 'removed' | 'added';
}

/** A run of lines, or of unchanged ones that are left out. */
export type DiffPart = { kind: 'lines'; lines: DiffLine[] } | { kind: 'hidden'; count: number };

const AROUND = 3;

/** Line by line what differs, with three unchanged lines around. */
export function diffParts(before: string, after: string): DiffPart[] {
  return folded(linesOf(before, after));
}

export function linesOf(before: string, after: string): DiffLine[] {
  let [left, right] = [0, 0];
  return diffArrays(split(before), split(after)).flatMap(({ value, added, removed }) => value.map((text): DiffLine => {
    if (added) return { after: ++right, text, kind: 'added' };
    if (removed) return { before: ++left, text, kind: 'removed' };
    return { before: ++left, after: ++right, text, kind: 'same' };
  }));
}

function split(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function folded(lines: readonly DiffLine[]): DiffPart[] {
  const isNear = lines.map((_, index) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'));
  const parts: DiffPart[] = [];
  lines.forEach((line, index) => {
    const last = parts.at(-1);
    if (isNear[index]) {
      if (last?.kind === 'lines') last.lines.push(line);
      else parts.push({ kind: 'lines', lines: [line] });
    } else if (last?.kind === 'hidden') last.count += 1;
    else parts.push({ kind: 'hidden', count: 1 });
  });
  return parts;
}

/** Lines beside each other: what was removed stands next to what was added in its place. */
export function sideBySide(lines: readonly DiffLine[]): [DiffLine | undefined, DiffLine | undefined][] {
  const rows: [DiffLine | undefined, DiffLine | undefined][] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at]!.kind === 'same') {
      rows.push([lines[at], lines[at]]);
      at += 1;
      continue;
    }
    const end = lines.findIndex((line, index) => index >= at && line.kind === 'same');
    const run = lines.slice(at, end < 0 ? undefined : end);
    const [removed, added] = [run.filter(({ kind }) => kind === 'removed'), run.filter(({ kind }) => kind === 'added')];
    for (let row = 0; row < Math.max(removed.length, added.length); row += 1) rows.push([removed[row], added[row]]);
    at += run.length;
  }
  return rows;
}
