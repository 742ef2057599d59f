import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DatabaseStore, FileStore } from '#libs/agents';
import { databaseSources } from './database.js';
import { BROKEN, readJsonLines } from './json-lines.js';

/** Where one past session, or the part of it that a sub-agent did, can be read. */
export interface Source {
  readonly agent: string;
  /** The same at each run. */
  readonly name: string;
  /** When the agent wrote there last. */
  readonly modifiedAt: Date;
  /** Another one once there is more to read. */
  readonly mark: string;
  /** The folder that the session ran in, where only the store knows. */
  readonly folder?: string | undefined;
  records(): AsyncGenerator<unknown>;
}

/** The larger of those are no chats. */
const DOCUMENT_BYTES_MAX = 256 * 1024 * 1024;

/** Everything that an agent has kept here. */
export async function* sourcesIn(agent: string, stores: readonly (FileStore | DatabaseStore)[]): AsyncGenerator<Source> {
  for (const store of stores) {
    if ('database' in store) yield* databaseSources(agent, store);
    else yield* fileSources(agent, store);
  }
}

function fileSources(agent: string, store: FileStore): Source[] {
  return filesBelow(store.folder).filter((path) => store.isSession(relative(store.folder, path).split(sep).join('/'))).map((path) => {
    const { size, mtime } = statSync(path);
    const folder = store.folderFile === undefined ? undefined : readFolder(resolve(dirname(path), store.folderFile));
    return { agent, name: path, modifiedAt: mtime, mark: `${size}-${mtime.getTime()}`, folder, records: () => (path.endsWith('.jsonl') ? readJsonLines(path) : readDocument(path, size)) };
  });
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

async function* readDocument(path: string, size: number): AsyncGenerator<unknown> {
  try {
    yield size > DOCUMENT_BYTES_MAX ? BROKEN : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    yield BROKEN;
  }
}

function readFolder(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() || undefined : undefined;
}
