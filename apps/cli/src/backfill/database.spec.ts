import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { agentHistories, type DatabaseStore } from '#libs/agents';
import { type Source, sourcesIn } from './source.js';

const V1 = `CREATE TABLE session (id text, parent_id text, directory text, time_created integer, time_updated integer);
  CREATE TABLE message (id text, session_id text, time_created integer, data text); CREATE TABLE part (id text, message_id text, session_id text, time_created integer, data text);
  CREATE TABLE session_message (id text, session_id text, type text, seq integer, time_created integer, data text);
  INSERT INTO session VALUES ('ses_1', NULL, '/w', 1000, 2000), ('ses_2', 'ses_1', '/w', 1500, 1600);
  INSERT INTO message VALUES ('m1', 'ses_1', 1000, '{"role":"user"}'), ('m2', 'ses_1', 1100, '{"role":"assistant"}');
  INSERT INTO part VALUES ('p2', 'm2', 'ses_1', 1100, '{"type":"text","text":"Done."}'), ('p1', 'm1', 'ses_1', 1000, '{"type":"text","text":"Go"}');`;
/** The rows of before, taken over under the same ids. */
const V2 = `${V1} CREATE TABLE session_v2 (id text, parent_id text, directory text, time_created integer, time_updated integer);
  INSERT INTO session_v2 VALUES ('ses_1', NULL, '/w', 1000, 3000);
  INSERT INTO session_message VALUES ('m2', 'ses_1', 'assistant', 2, 1100, '{"content":[{"type":"text","text":"Done."}]}'), ('m1', 'ses_1', 'user', 1, 1000, '{"text":"Go"}');`;

const opencode = agentHistories.find(({ agent }) => agent === 'opencode')!;

function storeOf(sql: string): DatabaseStore {
  const path = join(mkdtempSync(join(tmpdir(), 'database-')), 'opencode.db');
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return { ...(opencode.stores({ platform: 'linux', home: '/h', variables: {} })[0] as DatabaseStore), database: path };
}

describe("OpenCode's database", () => {
  it.each([['1.x', V1, ['2000', '1600']], ['2.x', V2, ['3000']]])('of %s gives each session once, and its records in order', async (_version, sql, marks) => {
    const sources = (await Readable.from(sourcesIn('opencode', [storeOf(sql)])).toArray()) as Source[];
    expect(sources.map(({ mark }) => mark)).toEqual(marks);
    const reader = opencode.reader();
    const records = (await Readable.from(sources[0]!.records()).toArray()) as unknown[];
    const events = [...records.flatMap((record) => reader.take(record)), ...reader.finish()];
    expect(events.map(({ event, facts }) => [event, facts.prompt ?? facts.last_assistant_message])).toEqual([['session.created', undefined], ['chat.message', 'Go'], ['session.idle', 'Done.']]);
    expect(reader.session).toEqual({ nativeSessionId: 'ses_1', cwd: '/w' });
  });

  it('gives nothing where there is none, or none that is known', async () => {
    expect(await Readable.from(sourcesIn('opencode', [storeOf('CREATE TABLE other (id text)'), { database: '/nowhere/opencode.db', schemas: [] }])).toArray()).toEqual([]);
  });
});
