import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf } from './source-files.js';

/** What a file may be by its name; the second line holds Nest's own words for what stands before a handler. */
const ROLES = [
  'module', 'handlers', 'controller', 'tool', 'service', 'repository', 'entity', 'config', 'contract', 'job',
  'guard', 'strategy', 'recogniser', 'filter', 'middleware', 'faults', 'command', 'worker',
];
const TESTS = ['medium.spec', 'system.spec', 'spec', 'bench'];
const DRAWERS = ['common', 'shared', 'util', 'utils', 'core', 'types', 'helper', 'helpers', 'misc'];

const LINES_MAX = 300;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const files = ['apps', 'libs', 'test', 'scripts'].flatMap((folder) => filesOf(folder, ['.ts', '.mjs', '.tsx']));

/** `pages.service.medium.spec.ts` is `pages`, a `service`, and its `medium.spec`; `ranking.ts` has neither role nor test. */
function partsOf(path: string): { noun: string; role: string | undefined } {
  const name = posix.basename(path).replace(/\.(tsx?|mjs)$/, '');
  const ending = TESTS.find((test) => name.endsWith(`.${test}`));
  const [noun = '', ...rest] = (ending ? name.slice(0, -ending.length - 1) : name).split('.');
  return { noun, role: rest.length > 0 ? rest.join('.') : undefined };
}

describe('file names', () => {
  it('end in a role of the closed list, or in none', () => {
    const strays = files.filter(({ path }) => ![undefined, ...ROLES].includes(partsOf(path).role));
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it('are lower-case words with hyphens', () => {
    const strays = files.filter(({ path }) => path.replace(/\.[^/]*$/, '').split('/').some((part) => !NAME.test(part)));
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it('name a thing, never a drawer', () => {
    const strays = files.filter(({ path }) => [...posix.dirname(path).split('/'), partsOf(path).noun].some((part) => DRAWERS.includes(part)));
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it('are index once a lib, at its root', () => {
    const strays = files.filter(({ path }) => partsOf(path).noun === 'index' && !/^(libs\/[a-z-]+\/src|apps\/[a-z-]+\/migrations)\/index\.ts$/.test(path));
    expect(strays.map(({ path }) => path)).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${LINES_MAX} lines`, () => {
    const long = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > LINES_MAX);
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
  });

  it('have no default export', () => {
    const isForATool = (path: string): boolean => path.startsWith('test/setup/');
    expect(files.filter(({ path, text }) => !isForATool(path) && /^export default\b/m.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
