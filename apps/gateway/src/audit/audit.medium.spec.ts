import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordAudit } from '#libs/audit';
import { type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { AuditJob } from './audit.job.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

let database: TestDatabase;
let audit: AuditService;
let job: AuditJob;
let scope: TenantScope;

beforeAll(async () => {
  database = await createTestDatabase();
  const log = new AuditRepository();
  audit = new AuditService(database.db, log);
  job = new AuditJob(database.db, log);
});
afterAll(() => database.drop());
beforeEach(() => {
  scope = scopeForTest();
});

const record = (name: string, by = scope): Promise<void> => database.db.run(by, (tx) => recordAudit(tx, by, { action: 'workspace.created', target: `workspace:${name}`, after: { name } }));
const tamper = (sql: string) => database.inspect(sql.replaceAll('$ORG', `'${scope.organisationId}'`));
const targets = async (by = scope): Promise<string[]> => (await audit.list(by, {}, 100, null)).links.map(({ content }) => (JSON.parse(content) as { target: string }).target);

const addActor = (): Promise<unknown> => database.db.run(scope, async (tx) => {
  await tx.query('INSERT INTO identity.organisations (organisation_id, name) VALUES ($1, $2)', [tx.organisationId, tx.organisationId]);
  await tx.query("INSERT INTO identity.users (organisation_id, user_id, name, email, role, is_operator) VALUES ($1, $2, 'dev', 'dev@acme.test', 'owner', false)", [tx.organisationId, userOf(scope)!.userId]);
});

async function recordFive(): Promise<void> {
  for (const name of ['one', 'two', 'three', 'four', 'five']) await record(name);
}

describe('an entry', () => {
  it('is there when its change is, and is not when it is not', async () => {
    await expect(database.db.run(scope, async (tx) => {
      await recordAudit(tx, scope, { action: 'workspace.created', target: 'workspace:undone' });
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back');
    await record('done');
    expect(await targets()).toEqual(['workspace:done']);
  });

  it('is seen by its own organisation alone', async () => {
    const other = scopeForTest();
    await Promise.all([record('mine'), record('theirs', other)]);
    await job.seal();
    expect([await targets(), await targets(other)]).toEqual([['workspace:mine'], ['workspace:theirs']]);
  });

  it('gets its place in the order of commits, whoever began first', async () => {
    await database.db.run(scope, async (slow) => {
      await recordAudit(slow, scope, { action: 'workspace.created', target: 'workspace:slow' });
      await record('fast');
      expect(await targets()).toEqual(['workspace:fast']);
    });
    expect(await targets()).toEqual(['workspace:slow', 'workspace:fast']);
    expect(await audit.verify(scope, null)).toMatchObject({ entries: 2, broken: null });
  });

  it('keeps no other change of its organisation waiting: neither recording nor sealing does', async () => {
    await database.db.run(scope, async (tx) => {
      await recordAudit(tx, scope, { action: 'workspace.created', target: 'workspace:open' });
      await Promise.all(Array.from({ length: 5 }, (_each, index) => record(`meanwhile-${index}`)));
      await job.seal();
      expect(await targets()).toHaveLength(5);
    });
  });

  it.each([
    ['alter', "UPDATE audit.unsealed SET content = '{}'"], ['alter', "UPDATE audit.entries SET content = '{}'"], ['re-hash', "UPDATE audit.entries SET hash = ''"], ['delete', 'DELETE FROM audit.unsealed'],
    ['delete', 'DELETE FROM audit.entries'], ['forge', "INSERT INTO audit.entries (organisation_id, position, content, hash) SELECT organisation_id, 99, '{}', '' FROM audit.chains"], ['empty', 'TRUNCATE audit.entries'],
    ['move', 'UPDATE audit.chains SET head_position = 0'], ['delete', 'DELETE FROM audit.chains'],
  ])('is beyond what the app role may %s: %s', async (_what, sql) => {
    await record('kept');
    await job.seal();
    await record('waiting');
    await expect(database.db.run(scope, (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' });
    expect(await targets()).toEqual(['workspace:waiting', 'workspace:kept']);
  });
});

describe('the chain', () => {
  it('of two sealers at once is one, without a gap', async () => {
    await Promise.all(Array.from({ length: 20 }, async (_each, index) => {
      await record(`w${index}`);
      await job.seal();
    }));
    expect(await audit.verify(scope, null)).toMatchObject({ entries: 20, broken: null, head: { position: 20 } });
  });

  it.each([
    ['an entry that was altered', `UPDATE audit.entries SET content = replace(content::text, 'three', 'THREE')::json WHERE organisation_id = $ORG AND position = 3`, { position: 3, reason: 'altered' }],
    ['one that was altered and hashed anew', `UPDATE audit.entries e SET content = p.content, hash = encode(sha256(convert_to(p.hash || chr(10) || 3 || chr(10) || p.content::text, 'UTF8')), 'hex') FROM audit.entries p WHERE e.organisation_id = $ORG AND p.organisation_id = $ORG AND e.position = 3 AND p.position = 2`, { position: 4, reason: 'altered' }],
    ['one that was taken out', 'DELETE FROM audit.entries WHERE organisation_id = $ORG AND position = 3', { position: 3, reason: 'missing' }],
    ['the last one taken out', 'DELETE FROM audit.entries WHERE organisation_id = $ORG AND position = 5', { position: 5, reason: 'missing' }],
    ['all taken out', 'DELETE FROM audit.entries WHERE organisation_id = $ORG', { position: 1, reason: 'missing' }],
    ['two that changed places', `UPDATE audit.entries e SET content = o.content, hash = o.hash FROM audit.entries o WHERE e.organisation_id = $ORG AND o.organisation_id = $ORG AND e.position IN (2, 3) AND o.position = 5 - e.position`, { position: 2, reason: 'altered' }],
    ['one that was added', `INSERT INTO audit.entries (organisation_id, position, content, hash) SELECT $ORG, 6, content, encode(sha256(convert_to(hash || chr(10) || 6 || chr(10) || content::text, 'UTF8')), 'hex') FROM audit.entries WHERE organisation_id = $ORG AND position = 5`, { position: 6, reason: 'altered' }],
  ])('tells of %s, also where a superuser did it', async (_what, sql, broken) => {
    await recordFive();
    expect(await audit.verify(scope, null)).toMatchObject({ entries: 5, broken: null });
    await tamper(sql);
    expect((await audit.verify(scope, null)).broken).toEqual(broken);
  });

  it('that was made anew as a whole no longer has the head that somebody noted', async () => {
    await recordFive();
    const { head } = await audit.verify(scope, null);
    await record('six');
    expect((await audit.verify(scope, head)).broken).toBeNull();
    for (const table of ['entries', 'chains']) await tamper(`DELETE FROM audit.${table} WHERE organisation_id = $ORG`);
    await recordFive();
    expect((await audit.verify(scope, null)).broken).toBeNull();
    expect((await audit.verify(scope, head)).broken).toEqual({ position: 5, reason: 'altered' });
  });
});

describe('retention', () => {
  const age = (positions: string, days: number) => tamper(
    `UPDATE audit.unsealed SET content = jsonb_set(content::jsonb, '{at}', to_jsonb(to_char(now() - interval '${days} days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json WHERE organisation_id = $ORG AND content->>'target' IN (${positions})`);

  it('takes away what is older, and the chain goes on from where it ends', async () => {
    await recordFive();
    await age(`'workspace:one', 'workspace:two'`, 100);
    await audit.writeRetention(scope, 90);
    await job.seal();
    const { head } = await audit.verify(scope, null);
    await job.forget();
    const after = await audit.verify(scope, head);
    expect(after).toMatchObject({ broken: null, entries: 5, anchor: { position: 2 } });
    expect((await targets()).reverse()).toEqual(['workspace:three', 'workspace:four', 'workspace:five', `organisation:${scope.organisationId}`, `organisation:${scope.organisationId}`]);
  });

  it('never takes one away that stands behind a younger one, or is younger than thirty days', async () => {
    await recordFive();
    await age(`'workspace:two'`, 100);
    await age(`'workspace:one'`, 20);
    await audit.writeRetention(scope, 30);
    await job.seal();
    await job.forget();
    expect(await targets()).toHaveLength(6);
    await expect(audit.writeRetention(scope, 29)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('a query', () => {
  it.each([
    ['an action', { action: 'workspace.created' }, ['one', 'two']], ['a kind of action', { action: 'workspace' }, ['one', 'two']], ['another action', { action: 'work' }, []], ['a target', { target: 'workspace:o' }, ['one']],
    ['an actor by name', { actor: 'dev' }, ['one', 'two']], ['a time to come', { from: '2999-01-01T00:00:00.000Z' }, []], ['a time past', { to: '2999-01-01T00:00:00.000Z' }, ['one', 'two']],
  ])('by %s finds what matches', async (_what, filter, names) => {
    await addActor();
    await record('one');
    await record('two');
    expect((await audit.list(scope, filter, 100, null)).links.map(({ content }) => (JSON.parse(content) as { after: { name: string } }).after.name).sort()).toEqual(names);
  });

  it('tells what people are called now, and holds no name itself', async () => {
    await addActor();
    await record('one');
    await database.db.run(scope, (tx) => tx.query("UPDATE identity.users SET name = 'lovelace' WHERE organisation_id = $1", [tx.organisationId]));
    const { links, names } = await audit.list(scope, {}, 10, null);
    expect([...names]).toEqual([[userOf(scope)!.userId, 'lovelace']]);
    expect(links.map(({ content }) => (JSON.parse(content) as { actor: object }).actor)).toEqual([{ type: 'user', id: userOf(scope)!.userId, token_id: null }]);
  });

  it('goes on where the answer before ended, whatever came in between', async () => {
    await recordFive();
    const { links: first } = await audit.list(scope, {}, 2, null);
    await record('new');
    const { links: second } = await audit.list(scope, {}, 2, first.at(-1)!.position);
    expect([...first, ...second].map(({ position }) => position)).toEqual([5, 4, 3, 2]);
  });

  it.each(['list', 'export', 'verify'] as const)('is not for members: %s', async (asked) => {
    const member = scopeForTest(scope.organisationId, { role: 'member' });
    const ask = { list: () => audit.list(member, {}, 1, null), export: () => audit.export(member, {}), verify: () => audit.verify(member, null) };
    await expect((async () => ask[asked]())()).rejects.toMatchObject({ code: 'access.forbidden' });
  });

  it('for all brings each entry once, oldest first, and itself is recorded', async () => {
    await Promise.all(Array.from({ length: 1_203 }, (_each, index) => record(`w${index}`)));
    const positions: number[] = [];
    for await (const links of await audit.export(scope, {})) positions.push(...links.map(({ position }) => position));
    expect(positions).toEqual(Array.from({ length: 1_203 }, (_each, index) => index + 1));
    expect((await audit.list(scope, { action: 'audit.exported' }, 10, null)).links).toHaveLength(1);
  });
});
