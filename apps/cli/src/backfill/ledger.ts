import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ClientHome } from '../client/client-home.js';
import type { Source } from './source.js';

const Entry = z.object({ server_url: z.string(), source: z.string(), mark: z.string(), events: z.int(), sessions: z.int() });

export interface Counted {
  events: number;
  /** 0 for a sub-agent's part of one. */
  sessions: number;
}

/**
 * What has been imported, so that the next run need not read it again. Only a saving: the server knows each event that it has.
 * A line a source, written once all of it is stored; a line that a crash has cut off counts for nothing.
 */
export class Ledger {
  private readonly done: Map<string, { mark: string } & Counted>;

  constructor(private readonly path: string, private readonly serverUrl: string) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    const entries = lines.flatMap((line) => entryIn(line) ?? []).filter((entry) => entry.server_url === serverUrl);
    this.done = new Map(entries.map((entry) => [entry.source, entry]));
  }

  /** What an unchanged source has given; undefined where it has to be read. */
  find({ name, mark }: Source): Counted | undefined {
    const known = this.done.get(name);
    return known?.mark === mark ? known : undefined;
  }

  add({ name, mark }: Source, { events, sessions }: Counted): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    appendFileSync(this.path, `\n${JSON.stringify({ server_url: this.serverUrl, source: name, mark, events, sessions })}`, { mode: 0o600 });
  }
}

/** Of one server, in the home that is for it. */
export function ledgerOf(home: ClientHome, serverUrl: string): Ledger {
  return new Ledger(join(home.path, 'state', 'backfill.jsonl'), serverUrl);
}

function entryIn(line: string): z.output<typeof Entry> | undefined {
  try {
    return Entry.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
