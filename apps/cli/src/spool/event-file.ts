import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^[1-9]\d+-\d+\.event$/;

/** An event as a hook has put it by: a line with the query of its `POST /hook`, then the agent's own JSON. */
export interface SpooledEvent {
  name: string;
  query: string;
  body: string;
}

/** The names of the events, oldest first: they begin with a time of one width. */
export function listEvents(spool: string): string[] {
  return existsSync(spool) ? readdirSync(spool).filter((name) => NAME.test(name)).sort() : [];
}

/** What a hook puts by at most, with its query. A larger file is none of its making, and may be too large to be read at all. */
const FILE_BYTES_MAX = 11 * 1024 * 1024;

/** Undefined where another drainer has settled it meanwhile. */
export function readEvent(spool: string, name: string): SpooledEvent | 'too-large' | undefined {
  try {
    if (statSync(join(spool, name)).size > FILE_BYTES_MAX) return 'too-large';
    const text = readFileSync(join(spool, name), 'utf8');
    const end = text.indexOf('\n');
    return end < 0 ? { name, query: '', body: '' } : { name, query: text.slice(0, end), body: text.slice(end + 1) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** When the event was put by. */
export function spooledAt(name: string): Date {
  return new Date(Number(name.slice(0, 13)));
}
