import { join, relative } from 'node:path';
import { type Machine, type WiredFile, WiringRefused } from '#libs/agents';
import { readText } from '../files/file-changes.js';

/** A text that sends events to a memory: by one of our hooks, ours under another agent's name, or one of the reference system's. */
const CAPTURING = /hook\.(?:sh|ps1)\\?" [a-z-]+ [A-Za-z_]+|\bai-memory hook\b|\bai-memory-hook\b|\bai-memory[\\/]+hooks[\\/]|\/hook(?:\/batch)?\?(?:agent|event)=/;

/**
 * Places besides our own entries from which an agent's events come to us: what else its files hold, and the same files in
 * the folder of a project, which agents add to a person's own.
 */
export async function findOtherCapture(files: readonly WiredFile[], machine: Machine, cwd: string): Promise<string[]> {
  const paths = [...new Set(files.filter(({ purpose }) => purpose === 'hooks' || purpose === 'plugin').map(({ path }) => path))];
  const found = await Promise.all(paths.flatMap((path) => [
    without(files, path).then((text) => (capturing(text) ? path : undefined)),
    ...inProject(path, machine, cwd).map((other) => readIfText(other).then((text) => (capturing(text) ? other : undefined))),
  ]));
  return found.filter((path) => path !== undefined);
}

/** The file's text without what we have put there for any purpose. */
async function without(files: readonly WiredFile[], path: string): Promise<string | null> {
  const text = await readIfText(path);
  try {
    return files.filter((file) => file.path === path).reduce((left, file) => file.remove(left), text);
  } catch (error) {
    if (error instanceof WiringRefused) return text;
    throw error;
  }
}

/** What can't be read is told of by the agent's state. */
function readIfText(path: string): Promise<string | null> {
  return readText(path).catch(() => null);
}

function inProject(path: string, { home }: Machine, cwd: string): string[] {
  const below = relative(home, path);
  return cwd === home || below.startsWith('..') ? [] : [join(cwd, below)];
}

function capturing(text: string | null): boolean {
  return text !== null && CAPTURING.test(text);
}
