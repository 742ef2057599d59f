import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import type { TenantTx } from './transaction.js';

const scope = scopeForTest();
const ENDED = 'The transaction has ended';
let database: TestDatabase;

beforeAll(async () => {
  // One connection: what came after its transaction would come into the next.
  database = await createTestDatabase(1);
});
afterAll(() => database.drop());

const add = (tx: TenantTx, reason: string): Promise<unknown> => tx.query(
  `INSERT INTO memory.feedback (organisation_id, project_id, path, owner_id, owner_name, page_id, signal, reason) VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), 'o', gen_random_uuid(), 'stale', $2)`, [tx.organisationId, reason]);
const kept = async (): Promise<string[]> => (await database.inspect<{ reason: string }>('SELECT reason FROM memory.feedback WHERE organisation_id = $1 ORDER BY reason', [scope.organisationId])).map(({ reason }) => reason);

describe('a transaction that has ended', () => {
  it('by its commit, takes nothing more', async () => {
    let stray: TenantTx | undefined;
    await database.db.run(scope, async (tx) => add((stray = tx), 'committed'));
    await database.db.run(scope, async (tx) => {
      await expect(add(stray!, 'stray')).rejects.toThrow(ENDED);
      await add(tx, 'of the next');
    });
    expect(await kept()).toEqual(['committed', 'of the next']);
  });

  it('by what failed beside it, takes nothing more of what goes on', async () => {
    const before = await kept();
    let later: Promise<unknown> | undefined;
    const both = database.db.run(scope, (tx) => Promise.all([tx.query('SELECT 1 / 0'), (later = tx.query('SELECT 1').catch(() => undefined).then(() => new Promise((resolve) => setTimeout(resolve, 50))).then(() => add(tx, 'stray')))]));
    await expect(both).rejects.toThrow('division by zero');
    await expect(later).rejects.toThrow(ENDED);
    expect(await kept()).toEqual(before);
  });

  it('by the statements that close it, takes nothing more', async () => {
    await expect(database.db.run(scope, (tx) => tx.closing(async () => {
      await tx.query('SELECT 1');
      await add(tx, 'too late');
    }))).rejects.toThrow(ENDED);
    expect(await kept()).not.toContain('too late');
  });
});

describe('a text that the database can not hold', () => {
  it.each([
    ['a NUL', '$1::text', 'a\0b'], ['a NUL in JSON', '$1::jsonb', '"a\\u0000b"'], ['the first half of a surrogate pair in JSON', '$1::jsonb', '{"a":"\\ud800"}'], ['the second', '$1::jsonb', '{"\\udc00":1}'],
  ])('is the mistake of who gave it: %s', async (_what, expression, text) => {
    await expect(database.db.run(scope, (tx) => tx.query(`SELECT ${expression}`, [text]))).rejects.toMatchObject({ kind: 'invalid', sentence: 'A text holds a NUL or an unpaired surrogate.' });
  });

  it.each([['a text that is no id', '$1::uuid', 'x'], ['a text that is no JSON', '$1::jsonb', '{']])('is not %s, which is ours', async (_what, expression, text) => {
    await expect(database.db.run(scope, (tx) => tx.query(`SELECT ${expression}`, [text]))).rejects.toMatchObject({ code: '22P02' });
  });
});

it('says why it failed by its first statement that did, whichever the work heard of first', async () => {
  const failed = database.db.run(scope, async (tx) => {
    const later = async (): Promise<unknown> => await (async () => await tx.query('SELECT 1 / 0'))();
    const first = later();
    await Promise.all([tx.query('SELECT 1'), first]);
  });
  await expect(failed).rejects.toThrow('division by zero');
});

describe('a transaction that is long at something else', () => {
  const SILENT_MS_MAX = 500;
  const longAtSomethingElse = (sayEveryMs: number): Promise<unknown> => database.db.run(scope, async (tx) => {
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = ${SILENT_MS_MAX}`);
    const saying = setInterval(() => tx.stay(), sayEveryMs);
    await new Promise((resolve) => setTimeout(resolve, 3 * SILENT_MS_MAX));
    clearInterval(saying);
    return tx.query('SELECT 1 AS one');
  });

  it('goes on where it says so, and is ended where it does not', async () => {
    expect(await longAtSomethingElse(SILENT_MS_MAX / 5)).toEqual([{ one: 1 }]);
    await expect(longAtSomethingElse(10 * SILENT_MS_MAX)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('says nothing where a statement is being answered, which may take longer than that', async () => {
    const answered = database.db.run(scope, (tx) => {
      const long = tx.query("SELECT 'answered' AS long FROM pg_sleep(6)");
      tx.stay();
      return long;
    });
    expect(await answered).toEqual([{ long: 'answered' }]);
  });
});

describe('reading', () => {
  it('sees one moment by all that it asks, and changes nothing', async () => {
    await database.db.run(scope, (tx) => add(tx, 'read'));
    const [one, other] = await database.db.read(scope, (tx) => Promise.all([tx.query<{ n: number }>('SELECT count(*)::int AS n FROM memory.feedback'), tx.query<{ now: string }>('SELECT now()::text AS now')]));
    expect([one[0]!.n > 0, other.length]).toEqual([true, 1]);
    await expect(database.db.read(scope, (tx) => add(tx, 'not written'))).rejects.toThrow('read-only transaction');
    expect(await kept()).not.toContain('not written');
  });

  it('of what comes after an answer is refused', async () => {
    await expect(database.db.read(scope, async (tx) => {
      await tx.query('SELECT 1');
      return tx.query('SELECT 2');
    })).rejects.toThrow(ENDED);
  });

  it('knows nothing of other organisations, as everything else', async () => {
    const stranger = scopeForTest();
    await database.db.run(scope, (tx) => add(tx, 'mine'));
    expect(await database.db.read(stranger, (tx) => tx.query('SELECT reason FROM memory.feedback'))).toEqual([]);
  });
});
