import { existsSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DatabaseStore, FileRecord, FileStore } from '#libs/agents';
import { databaseSources } from './database.js';
import { folderByClue } from './folder-clue.js';
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
  /** True where the times of its events are guesses. */
  readonly isUntimed?: boolean | undefined;
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
  return filesBelow(store.folder).filter((path) => store.isSession(pathBelow(store, path))).map((path) => {
    const stats = statSync(path);
    const records = (): AsyncGenerator<unknown> => (path.endsWith('.jsonl') ? readJsonLines(path) : readDocument(path, stats.size));
    return {
      agent, name: path, modifiedAt: stats.mtime, mark: `${stats.size}-${stats.mtime.getTime()}`, folder: folderOf(path, store), isUntimed: store.isUntimed,
      records: store.isUntimed ? () => withFirst(fileRecordOf(pathBelow(store, path), stats), records()) : records,
    };
  });
}

function pathBelow({ folder }: FileStore, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

function folderOf(path: string, store: FileStore): string | undefined {
  const clue = store.folderClueOf?.(pathBelow(store, path));
  if (clue) return folderByClue(clue, store.folder);
  return store.folderFile === undefined ? undefined : readFolder(resolve(dirname(path), store.folderFile));
}

/** Not every file system knows when a file was made, and a copy was made after what it holds was written. */
function fileRecordOf(path: string, { birthtimeMs, mtimeMs }: Pick<Stats, 'birthtimeMs' | 'mtimeMs'>): FileRecord {
  const startedMs = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return { path, started_at: new Date(startedMs).toISOString(), modified_at: new Date(mtimeMs).toISOString() };
}

async function* withFirst(first: unknown, rest: AsyncGenerator<unknown>): AsyncGenerator<unknown> {
  yield first;
  yield* rest;
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
