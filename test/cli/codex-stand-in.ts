import type { Machine } from './machine.js';

/**
 * Answers as `codex app-server` 0.169.0 does about the hooks of a person and of a project, and keeps in a file which of them it was told to
 * trust: by what they are, so that a changed one is trusted no more.
 */
const SCRIPT = `
const { createInterface } = require('node:readline');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const [home] = process.argv.slice(2), kept = home + '/trusted-hooks.json';
const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
const hooksIn = (path) => Object.entries(read(path).hooks ?? {}).flatMap(([event, groups]) => groups.flatMap((group) => group.hooks).map((hook) => {
  const key = path + ':' + event, currentHash = 'sha256:' + createHash('sha256').update(JSON.stringify(hook)).digest('hex');
  return { key, command: hook.command, currentHash, trustStatus: read(kept)[key]?.trusted_hash === currentHash ? 'trusted' : 'untrusted', isManaged: false };
}));
const hooks = (cwd) => [home, cwd].flatMap((folder) => hooksIn(folder + '/.codex/hooks.json'));
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (method === 'config/batchWrite') writeFileSync(kept, JSON.stringify({ ...read(kept), ...params.edits[0].value }));
  console.log(JSON.stringify({ id, result: method === 'hooks/list' ? { data: [{ cwd: params.cwds[0], hooks: hooks(params.cwds[0]) }] } : {} }));
});`;

export function installCodex(machine: Machine, version = '0.169.0'): void {
  const script = machine.put('codex.cjs', SCRIPT);
  machine.install('codex', `#!/bin/sh\n[ "$1" = app-server ] && exec "${process.execPath}" "${script}" "${machine.homeDir}"\necho "codex-cli ${version}"\n`);
}
