/** Lines that one commit wrote last: `count` of them from line `first`, from 1. */
export interface BlamedLines {
  readonly first: number;
  readonly count: number;
  readonly commit: string;
  readonly author: string;
  readonly committedAt: Date;
}

const HEAD = /^([0-9a-f]{40}) \d+ (\d+) (\d+)$/;

/** Reads what `git blame --incremental` prints: groups of lines in any order, with what is known of a commit at its first. */
export function parseBlame(output: string): BlamedLines[] {
  const commits = new Map<string, { author: string; committedAt: Date }>();
  const groups: { first: number; count: number; commit: string }[] = [];
  for (const line of output.split('\n')) {
    const [, commit, first, count] = HEAD.exec(line) ?? [];
    if (commit) {
      groups.push({ commit, first: Number(first), count: Number(count) });
      if (!commits.has(commit)) commits.set(commit, { author: '', committedAt: new Date(0) });
      continue;
    }
    const known = commits.get(groups.at(-1)?.commit ?? '');
    if (known && line.startsWith('author ')) known.author = line.slice(7);
    if (known && line.startsWith('committer-time ')) known.committedAt = new Date(Number(line.slice(15)) * 1_000);
  }
  return groups.map((group) => ({ ...group, ...commits.get(group.commit)! })).toSorted((a, b) => a.first - b.first);
}

/** The lines from `skipped` on, counted anew from 1; neighbours of one commit are one run. */
export function bodyLines(blamed: readonly BlamedLines[], skipped: number): BlamedLines[] {
  const runs: BlamedLines[] = [];
  for (const each of blamed) {
    const first = Math.max(each.first - skipped, 1);
    const count = each.first + each.count - skipped - first;
    const last = runs.at(-1);
    if (count < 1) continue;
    if (last?.commit === each.commit && last.first + last.count === first) runs[runs.length - 1] = { ...last, count: last.count + count };
    else runs.push({ ...each, first, count });
  }
  return runs;
}
