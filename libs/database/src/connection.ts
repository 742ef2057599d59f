import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';

/** Of the driver's: statements that are not waited for travel together. */
export interface Connection {
  query(sql: Statement): Promise<{ rows: unknown[] }>;
  readonly connection: { readonly stream: Socket };
}

export type Statement = string | { name?: string; text: string; values?: unknown[]; query_timeout?: number };

/** What is asked in one go is sent in one write: the driver would make one of each statement. */
export function ask(client: Connection, statement: Statement): Promise<{ rows: unknown[] }> {
  const { stream } = client.connection;
  if (stream.writableCorked === 0) {
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
  return client.query(statement);
}

/** By its text, so that a statement that has changed is another one. */
const names = new Map<string, string>();

/** A statement that each connection parses once, and plans a few times. Its text never varies. */
export function prepared(text: string, values: readonly unknown[]): Statement {
  const name = names.get(text) ?? names.set(text, createHash('sha256').update(text).digest('base64url')).get(text)!;
  return { name, text, values: [...values] };
}
