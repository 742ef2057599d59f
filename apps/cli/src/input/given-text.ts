import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { World } from '../world.js';

/** All of stdin, as text. */
export async function readStdin({ stdin }: Pick<World, 'stdin'>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Buffer | string));
  return Buffer.concat(chunks).toString('utf8');
}

/** The text of a file, or of stdin for `-`. */
export function readSource(world: Pick<World, 'stdin' | 'cwd'>, source: string): Promise<string> {
  return source === '-' ? readStdin(world) : readFile(resolve(world.cwd, source), 'utf8');
}
