import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Machine } from '#libs/agents';
import { programPath } from './this-machine.js';

const TIMEOUT_MS = 10_000;

/** What an agent's program says of its version; undefined where it has none on the PATH, or does not say. */
export async function readVersion(machine: Machine, binaries: readonly string[]): Promise<string | undefined> {
  const program = binaries.map((name) => programPath(machine, name)).find((path) => path !== undefined);
  if (!program) return undefined;
  const output = await promisify(execFile)(program, ['--version'], { timeout: TIMEOUT_MS, shell: /\.(cmd|bat)$/i.test(program) }).then(({ stdout, stderr }) => stdout + stderr, () => '');
  return /\d+\.\d+(?:\.\d+)?/.exec(output)?.[0];
}

/** True for `1.9` and a minimum of `1.10`. */
export function isOlder(version: string, minimum: string): boolean {
  const [parts, bounds] = [version, minimum].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const place = bounds.findIndex((bound, index) => (parts[index] ?? 0) !== bound);
  return place >= 0 && (parts[place] ?? 0) < bounds[place]!;
}
