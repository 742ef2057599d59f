import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cpuOfEndedChildren, GIT_ENV, GIT_SETTINGS, growHistory, PAGES, pathOf, textOf } from './bench-pages.mjs';

const run = promisify(execFile);

/** A work tree with all pages, to which one person commits as people do. */
export async function startPlainGit() {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-bench-plain-'));
  const git = (...args) => run('git', [...GIT_SETTINGS, ...args], { cwd: root, env: GIT_ENV, maxBuffer: 16 * 1024 * 1024 });
  const now = (...args) => execFileSync('git', [...GIT_SETTINGS, ...args], { cwd: root, env: GIT_ENV }).toString().trim();
  const write = (index, round) => writeFileSync(join(root, pathOf(index)), textOf(index, round));
  now('init', '--quiet', '--initial-branch=main');
  for (let index = 0; index < PAGES; index += 1) {
    mkdirSync(dirname(join(root, pathOf(index))), { recursive: true });
    write(index, 0);
  }
  now('add', '--all');
  now('commit', '--quiet', '-m', 'All');
  return {
    root,
    version: now('version').split(' ')[2],
    cpu: cpuOfEndedChildren,
    commitCount: () => Number(now('rev-list', '--count', 'main')),
    async commit(index, round) {
      write(index, round);
      await git('add', pathOf(index));
      await git('commit', '--quiet', '-m', `Write ${pathOf(index)}`);
    },
    show: (index) => git('show', `HEAD:${pathOf(index)}`),
    readFile: (index) => readFile(join(root, pathOf(index)), 'utf8'),
    listTree: () => git('ls-tree', '-r', 'HEAD'),
    growTo(total) {
      growHistory(root, 'refs/heads/main', total);
      now('reset', '--quiet', '--hard');
    },
  };
}
