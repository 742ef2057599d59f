import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { DatabaseStore } from '#libs/agents';
import { Failure } from '../client/failure.js';
import type { Source } from './source.js';

/** The sessions of an SQLite file, which is opened for reading only. */
export async function* databaseSources(agent: string, { database: path, schemas }: DatabaseStore): AsyncGenerator<Source> {
  if (!existsSync(path)) return;
  const database = await open(path);
  try {
    const schema = schemas.find(({ probe }) => hasRow(database, probe));
    if (!schema) return;
    for (const row of database.prepare(schema.sessions).all()) {
      const id = String(row['id']);
      yield { agent, name: `${path}#${id}`, modifiedAt: new Date(Number(row['time_updated'])), mark: String(row['time_updated']), records: () => recordsOf(path, schema.records, id, row) };
    }
  } finally {
    database.close();
  }
}

async function* recordsOf(path: string, query: string, id: string, row: unknown): AsyncGenerator<unknown> {
  const database = await open(path);
  try {
    yield row;
    yield* database.prepare(query).iterate(id);
  } finally {
    database.close();
  }
}

async function open(path: string): Promise<DatabaseSync> {
  const sqlite = await import('node:sqlite').catch((error: unknown) => {
    throw new Failure(`reading ${path} needs Node 22.13 or newer, and this is ${process.version}`, undefined, error);
  });
  return new sqlite.DatabaseSync(path, { readOnly: true });
}

/** False also where the tables are not there. */
function hasRow(database: DatabaseSync, query: string): boolean {
  try {
    return database.prepare(query).get() !== undefined;
  } catch {
    return false;
  }
}
