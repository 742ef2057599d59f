import { describe, expect, it } from 'vitest';
import type { FileChange, LoggedCommit } from './git-log.js';
import { pageChanges, rewrittenChanges } from './page-changes.js';

const file = (path: string, blob: string, mode = '100644'): FileChange => ({ path, blob, mode, status: 'M' });
const commit = (name: string, changes: FileChange[]): LoggedCommit => ({ commit: name, committedAt: new Date(0), author: 'Ada', agent: null, sessionId: null, trusts: new Map(), message: 'm', changes });
const told = (commits: LoggedCommit[], after = 0) => {
  const { changes, revision } = pageChanges(commits, after);
  return { revision, changes: changes.map((change) => [change.path, change.blob, change.revision, change.commit.commit]) };
};

describe('pageChanges', () => {
  it('keeps the last change of each page, and counts them all', () => {
    expect(told([commit('1', [file('a.md', 'x'), file('b.md', 'x')]), commit('2', [file('a.md', 'y')])], 10)).toEqual({ revision: 13, changes: [['b.md', 'x', 12, '1'], ['a.md', 'y', 13, '2']] });
  });

  it('gives the same revisions in one go and step by step', () => {
    const commits = [commit('1', [file('a.md', 'x'), file('b.md', 'x')]), commit('2', [file('a.md', 'y')]), commit('3', [file('a.md', '0', '000000')])];
    const steps = commits.reduce<{ revision: number; rows: Map<string, unknown> }>(({ revision, rows }, each) => {
      const step = told([each], revision);
      step.changes.forEach((change) => rows.set(change[0] as string, change));
      return { revision: step.revision, rows };
    }, { revision: 0, rows: new Map() });
    const whole = told(commits);
    expect(whole.revision).toBe(steps.revision);
    expect(new Set(whole.changes)).toEqual(new Set(steps.rows.values()));
  });

  it.each(['README.md', 'a.txt', '.git/a.md', '../a.md', 'a\nb.md'])('passes over %j', (path) => {
    expect(told([commit('1', [file(path, 'x')])])).toEqual({ revision: 0, changes: [] });
  });

  it.each([['000000', null], ['120000', null], ['160000', null], ['100644', 'x'], ['100755', 'x']])('takes a file of mode %s for the blob %s', (mode, blob) => {
    expect(told([commit('1', [file('a.md', 'x', mode)])]).changes).toEqual([['a.md', blob, 1, '1']]);
  });
});

describe('rewrittenChanges', () => {
  it('tells what differs and what is gone', () => {
    const known = new Map([['same.md', 'x'], ['other.md', 'x'], ['gone.md', 'x']]);
    const changes = rewrittenChanges(known, [file('same.md', 'x'), file('other.md', 'y'), file('new.md', 'z')]);
    expect(changes.map(({ path, blob, mode }) => [path, blob, mode])).toEqual([['other.md', 'y', '100644'], ['new.md', 'z', '100644'], ['gone.md', '', '000000']]);
  });
});
