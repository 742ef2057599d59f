import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isInstalled, npmComplaint } from './install.mjs';

const LOCK = {
  '': { name: 'x' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/tool': { version: '1.0.0', integrity: 'sha512-tool', dev: true },
  'node_modules/only-mac': { version: '1.0.0', integrity: 'sha512-mac', optional: true },
};
const { '': _project, 'node_modules/only-mac': _mac, ...FULL } = LOCK;
const { 'node_modules/tool': _tool, ...PROD } = FULL;

function treeWith(present: object | undefined): string {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-install-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCK }));
  mkdirSync(join(root, 'node_modules'));
  if (present) writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
  return root;
}

it.each([
  ['everything', FULL, { run: true, develop: true }],
  ['no tools', PROD, { run: true, develop: false }],
  ['another version', { ...FULL, 'node_modules/a': { version: '2.0.0', integrity: 'sha512-b' } }, { run: false, develop: false }],
  ['other bytes of the same version', { ...FULL, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }, { run: false, develop: false }],
  ['an install that was cut short', undefined, { run: false, develop: false }],
])('knows what %s is enough for', (_, present, expected) => {
  const root = treeWith(present);
  expect({ run: isInstalled(root, { withDev: false }), develop: isInstalled(root, { withDev: true }) }).toEqual(expected);
});

it.each([
  ['npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\nnpm error network request failed\nnpm error A complete log of this run', 'code ENOTFOUND; network request failed'],
  ['npm ERR! code EACCES\nnpm ERR! \nnpm ERR! path /x', 'code EACCES; path /x'],
  ['nothing of npm', undefined],
])('tells npm’s complaint in one line: %j', (output, expected) => {
  expect(npmComplaint(output)).toBe(expected);
});

// npm leaves out what is a tool, even where it is a dependency too: the product would lack it.
it('finds no package of this project both among the dependencies and among the tools', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<string, object>;
  expect(Object.keys(dependencies!).filter((name) => name in devDependencies!)).toEqual([]);
});
