import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { type ExportedTable, exportPiece, type ExportSubject } from './export-rows.js';

const PLAN: readonly ExportedTable[] = [
  { table: 'memory.purged_sessions', key: ['session_id'], ofProject: null, ofUser: null },
  { table: 'memory.feedback', key: ['project_id', 'path', 'owner_id'], ofProject: 'project_id = $2', ofUser: 'owner_id = $2', without: ['reason'] },
];
const ROWS = 450;
const scope = scopeForTest();
const [projectId, ownerId] = [randomUUID(), randomUUID()];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const each of [scope, scopeForTest()]) {
    await database.db.run(each, (tx) => tx.query(
      `INSERT INTO memory.feedback (organisation_id, project_id, path, owner_id, owner_name, page_id, signal, reason)
       SELECT $1, CASE WHEN n % 3 = 0 THEN $2 ELSE gen_random_uuid() END, 'p' || n || repeat('x', CASE WHEN n < 12 THEN 200000 ELSE 1 END), CASE WHEN n % 5 = 0 THEN $3 ELSE gen_random_uuid() END, 'o', gen_random_uuid(), 'stale', 'secret'
       FROM generate_series(1, ${ROWS}) n`, [tx.organisationId, projectId, ownerId])).catch(async (error: unknown) => Promise.reject(error));
  }
});
afterAll(() => database.drop());

async function all(of: ExportSubject): Promise<{ rows: Record<string, unknown>[]; pieces: number; longest: number }> {
  const rows: Record<string, unknown>[] = [];
  let [pieces, longest] = [0, 0];
  for (let after: string | null = null; ; pieces += 1) {
    const piece = await database.db.run(scope, (tx) => exportPiece(tx, PLAN, of, after));
    rows.push(...piece.rows.map(({ row }) => row));
    longest = Math.max(longest, JSON.stringify(piece.rows).length);
    if (piece.next === null) return { rows, pieces: pieces + 1, longest };
    after = piece.next;
  }
}

describe('an export', () => {
  it.each<[string, ExportSubject, number]>([['the organisation', 'organisation', ROWS], ['a project', { projectId }, ROWS / 3], ['a person', { userId: ownerId }, ROWS / 5], ['somebody who is not there', { userId: randomUUID() }, 0]])(
    'of %s has each of its rows once, in pieces that are bounded, without what is to stay', async (_whom, of, expected) => {
      const { rows, pieces, longest } = await all(of);
      expect([rows.length, new Set(rows.map((row) => JSON.stringify([row.project_id, row.path, row.owner_id]))).size]).toEqual([expected, expected]);
      expect(pieces).toBeGreaterThan(expected > 200 ? 3 : 0);
      expect(longest).toBeLessThan(1_500_000);
      expect(rows.some((row) => 'reason' in row || 'organisation_id' in row)).toBe(false);
    });

  it.each(['no JSON', '{"table":9,"key":["a"]}', '{"table":1,"key":["a"]}'])('refuses to go on from %s', async (after) => {
    await expect(database.db.run(scope, (tx) => exportPiece(tx, PLAN, 'organisation', after))).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
