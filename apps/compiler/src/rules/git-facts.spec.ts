import { expect, it } from 'vitest';
import { GitFacts } from './git-facts.js';

function factsOf(...runs: readonly (readonly [command: string, excerpt: string])[]): { git: GitFacts; paths: string[] } {
  const git = new GitFacts();
  const paths = runs.flatMap(([command, excerpt], index) => git.add({ name: 'Bash', family: 'shell', command, excerpt }, index + 1, '2026-11-25T10:00:00.000Z'));
  return { git, paths };
}

it.each([
  ['a new branch', 'git checkout -b fix/a', '', 'fix/a'],
  ['a new branch by switch', 'git switch -c "fix/a"', '', 'fix/a'],
  ['a switch', 'git checkout fix/a', "Switched to branch 'fix/a'", 'fix/a'],
  ['a status', 'git status', 'On branch fix/a\nnothing to commit', 'fix/a'],
  ['a commit', 'git commit -m x', '[fix/a 0123abc] x', 'fix/a'],
  ['a detached commit', 'git commit -m x', '[detached HEAD 0123abc] x', ''],
  ['a checkout of files', 'git checkout -- a.ts', '', ''],
  ['other programs', 'echo On branch fix/a', 'On branch fix/a', ''],
])('knows the branch from %s', (_, command, excerpt, branch) => {
  expect(factsOf([command, excerpt]).git.branch).toBe(branch);
});

it.each([
  ['the output', 'git commit -m "x"', '[main 0123abc] fix: the thing\n 1 file changed', [{ hash: '0123abc', subject: 'fix: the thing', place: 1 }]],
  ['the first commit', 'git commit -m "x"', '[main (root-commit) 0123abc] init', [{ hash: '0123abc', subject: 'init', place: 1 }]],
  ['the message where there is no output', 'git commit -am "fix: the thing"', '', [{ hash: '', subject: 'fix: the thing', place: 1 }]],
  ['a message from a script', 'git commit -m "$(cat <<\'EOF\'\nfix: the thing\n\nbody\nEOF\n)"', '', [{ hash: '', subject: 'fix: the thing', place: 1 }]],
  ['nothing where nothing was committed', 'git commit -m "x"', 'On branch main\nnothing to commit, working tree clean', []],
])('knows commits from %s', (_, command, excerpt, commits) => {
  expect(factsOf([command, excerpt]).git.commits).toEqual(commits);
});

it('knows whether the last commit was pushed', () => {
  const commit = ['git commit -m x', '[main 0123abc] x'] as const;
  expect(factsOf(commit).git.hasUnpushedCommits).toBe(true);
  expect(factsOf(commit, ['git push', '']).git.hasUnpushedCommits).toBe(false);
  expect(factsOf(['git push', ''], commit).git.hasUnpushedCommits).toBe(true);
  expect(factsOf(['git commit -m x && git push', '[main 0123abc] x']).git.hasUnpushedCommits).toBe(false);
});

it('knows a pull request only from the command that made it', () => {
  const url = 'https://github.com/acme/shop/pull/12';
  expect(factsOf(['gh pr create --fill', `Creating…\n${url}`]).git.pullRequests).toEqual([url]);
  expect(factsOf(['gh pr list', url]).git.pullRequests).toEqual([]);
});

it.each([
  ['a pull', 'git pull', 'Updating 0123abc..4567def\nFast-forward\n src/a.ts     | 4 ++--\n docs/b.png | Bin 0 -> 12 bytes\n 2 files changed, 2 insertions(+)', [['src/a.ts', '4567def'], ['docs/b.png', '4567def']]],
  ['a merge of branches', 'git merge feature', "Merge made by the 'ort' strategy.\n .../src/relay.ts | 12 ++++++------", [['src/relay.ts', null]]],
  ['a rename, which names two files in one', 'git pull', ' src/{a.ts => b.ts} | 2 +-', []],
  ['any other program', 'git diff --stat', ' src/a.ts | 4 ++--', []],
])('knows which files others changed from %s', (_, command, excerpt, pulled) => {
  expect([...factsOf([command, excerpt]).git.pulled.values()].map(({ path, commit }) => [path, commit])).toEqual(pulled);
});

it('gives the files that git was told of by name', () => {
  expect(factsOf(['git add src/a.ts "b.md" -A . && git commit -m x', ' create mode 100644 c/d.ts']).paths).toEqual(['src/a.ts', 'b.md', 'c/d.ts']);
});

it('keeps a bounded number of commits and counts all', () => {
  const { git } = factsOf(...Array.from({ length: 100 }, (_, index) => ['git commit -m x', `[main 0123abc] commit ${index}`] as const));
  expect(git.commits).toHaveLength(20);
  expect(git.commits.at(-1)?.subject).toBe('commit 99');
  expect(git.commitCount).toBe(100);
});
