import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_ROLE, DEFINER_ROLE } from '#libs/database';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, eventually, scopeForTest, type TestDatabase } from '#libs/testing';
import { COMPILED_TABLES, PERSONAL_TABLES } from '../../apps/compiler/src/erasing/compiled-tables.js';
import { IDENTITY_TABLES, PERSON_TABLES } from '../../apps/gateway/src/erasures/identity-tables.js';
import { CAPTURED_TABLES } from '../../apps/ingest/src/erasing/captured-tables.js';
import { INDEX_TABLES } from '../../apps/search/src/erasing/index-tables.js';
import { WIKI_TABLES } from '../../apps/wiki-git/src/erasing/wiki-tables.js';

/** Schemas that are not Postgres' own. */
const OURS = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
/** TypeORM's list of the migrations that ran: the only table of no organisation, and closed to the app role. */
const MIGRATIONS_TABLE = 'public.ai_memory_migrations';
/** An organisation's name is what people tell organisations apart by, so that it is unique over all of them. */
const UNIQUE_OVER_ALL = ['identity.organisations (name)'];
/** May look across organisations: what is asked before one is known. */
/** And what alone may move entries of the audit log, in the transaction's organisation. */
const DEFINER_FUNCTIONS = ['audit.erase', 'audit.forget', 'audit.seal', 'capture.outbox_state', 'identity.find_caller', 'identity.find_invitation', 'identity.find_organisation', 'identity.find_sign_in', 'identity.find_token', 'memory.slot_owners', 'tenancy.count_dead_letters', 'tenancy.enter', 'tenancy.enter', 'wiki.outbox_state'];
/** The log, which the app role may add to and never change; sealing and retention are the definer role's. */
const AUDIT_GRANTS = {
  'audit.unsealed': [`${APP_ROLE} INSERT`, `${APP_ROLE} SELECT`, `${DEFINER_ROLE} DELETE`, `${DEFINER_ROLE} SELECT`],
  'audit.entries': [`${APP_ROLE} SELECT`, `${DEFINER_ROLE} DELETE`, `${DEFINER_ROLE} INSERT`, `${DEFINER_ROLE} SELECT`],
  'audit.chains': [`${APP_ROLE} SELECT`, `${DEFINER_ROLE} DELETE`, `${DEFINER_ROLE} INSERT`, `${DEFINER_ROLE} SELECT`, `${DEFINER_ROLE} UPDATE`],
};
/** What else is of a person: purged with their sessions, projected from rewritten histories, indexed from these, changed or removed by a query of its own, or an id that stays. */
const PERSONAL_BY_OTHERS = [
  'capture.sessions', 'identity.users', 'memory.slots', 'search.documents', 'tenancy.user_erasures', 'wiki.page_reads', 'wiki.pages', 'wiki.proposals', 'wiki.purges', 'wiki.pushed_commits',
];
const TENANT_RULE = /^\(organisation_id = \( SELECT \(?NULLIF\(current_setting\('app\.organisation_id'::text, true\), ''::text\)\)?::uuid AS "nullif"\)\)$/;
/** Whose rows are one person's, within the organisation. */
const OWNED_TABLES = ['memory.slots'];
const OWNER_RULE = /^\(\(organisation_id = .*"nullif"\)\) AND \(owner_id = \( SELECT \(?NULLIF\(current_setting\('app\.user_id'::text, true\), ''::text\)\)?::uuid AS "nullif"\)\)\)$/;
const ALTERNATIONS = 300;

let database: TestDatabase;
let tables: string[];

beforeAll(async () => {
  database = await createTestDatabase(1);
  const rows = await database.inspect<{ name: string }>(`SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND c.relkind IN ('r', 'p', 'f') ORDER BY 1`);
  tables = rows.map(({ name }) => name).filter((name) => name !== MIGRATIONS_TABLE);
});
afterAll(async () => {
  await database.drop();
});

/** The first column of each row, so that a failure names what is wrong. */
async function names(sql: string): Promise<string[]> {
  return (await database.inspect<Record<string, string>>(sql)).map((row) => Object.values(row)[0]!);
}

describe('tables', () => {
  it('are in the schemas of the apps and that of tenancy itself, and each is a plain table', async () => {
    expect([...new Set(tables.map((table) => table.split('.')[0]))]).toEqual(['audit', 'capture', 'identity', 'memory', 'search', 'tenancy', 'wiki']);
    expect(await names(`SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND c.relkind IN ('p', 'f', 'm')`)).toEqual([]);
  });

  it('name the organisation of each row', async () => {
    const named = await names(`SELECT format('%I.%I', n.nspname, c.relname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OURS} AND c.relkind = 'r' AND a.attname = 'organisation_id' AND a.attnotnull AND a.atttypid = 'uuid'::regtype ORDER BY 1`);
    expect(named).toEqual(tables);
  });

  it('are under row-level security, for their owner too', async () => {
    const secured = await names(`SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OURS} AND c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity ORDER BY 1`);
    expect(secured).toEqual(tables);
  });

  it('have one policy for the app role, the same for reading and writing, and at most a reading one for the definer role', async () => {
    const policies = await database.inspect<{ name: string; roles: string; cmd: string; permissive: string; qual: string; with_check: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name, array_to_string(roles, ',') AS roles, cmd, permissive, qual, with_check FROM pg_policies ORDER BY 1`);
    const ofApp = policies.filter(({ roles }) => roles !== DEFINER_ROLE);
    expect(ofApp.map(({ name }) => name)).toEqual(tables);
    for (const { name, qual, with_check, ...rest } of ofApp) {
      expect(rest, name).toEqual({ roles: APP_ROLE, cmd: 'ALL', permissive: 'PERMISSIVE' });
      expect([qual, with_check], name).toEqual([expect.stringMatching(OWNED_TABLES.includes(name) ? OWNER_RULE : TENANT_RULE), qual]);
    }
    const changing = policies.filter(({ roles, cmd }) => roles === DEFINER_ROLE && cmd !== 'SELECT');
    expect(changing.map(({ name }) => name)).toEqual(Object.keys(AUDIT_GRANTS).sort());
    for (const { name, qual, with_check } of changing) expect([qual, with_check], name).toEqual([expect.stringMatching(TENANT_RULE), qual]);
  });

  it('let the app role read and write rows, the definer role read them, and nobody do more', async () => {
    const grants = (which: string) => names(`SELECT DISTINCT format('%s %s', CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END, g.privilege_type)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS g WHERE ${OURS} AND c.relkind = 'r' AND g.grantee <> c.relowner AND ${which} ORDER BY 1`);
    const logs = Object.keys(AUDIT_GRANTS).map((table) => `'${table}'::regclass`).join(', ');
    for (const [table, expected] of Object.entries(AUDIT_GRANTS)) expect(await grants(`c.oid = '${table}'::regclass`), table).toEqual(expected);
    expect(await grants(`c.oid NOT IN (${logs})`)).toEqual([...['DELETE', 'INSERT', 'SELECT', 'UPDATE'].map((right) => `${APP_ROLE} ${right}`), `${DEFINER_ROLE} SELECT`]);
  });

  it('hold every key and every reference inside one organisation', async () => {
    const keys = await names(`SELECT format('%s (%s)', i.indrelid::regclass, a.attname) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE ${OURS} AND i.indisunique AND i.indrelid <> '${MIGRATIONS_TABLE}'::regclass AND a.attname IS DISTINCT FROM 'organisation_id' ORDER BY 1`);
    const references = await names(`SELECT k.conname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
      WHERE k.contype = 'f' AND NOT (a.attname = 'organisation_id' AND f.attname = 'organisation_id')`);
    expect(keys).toEqual(UNIQUE_OVER_ALL);
    expect(references).toEqual([]);
  });

  it('are each erased with their organisation, by the app that has them, and what names a project takes nothing of an erased one', async () => {
    const planned = [...CAPTURED_TABLES, ...COMPILED_TABLES, ...IDENTITY_TABLES, ...INDEX_TABLES, ...WIKI_TABLES].map(([table]) => table);
    expect([...planned, ...Object.keys(AUDIT_GRANTS), 'memory.slots', 'tenancy.erasures', 'tenancy.user_erasures'].sort()).toEqual(tables);
    const ofProjects = await names(`SELECT format('%I.%I', table_schema, table_name) FROM information_schema.columns WHERE column_name = 'project_id' AND table_schema NOT IN ('tenancy') ORDER BY 1`);
    expect(await names(`SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'refuse_erased_project' AND tgenabled = 'O' ORDER BY 1`)).toEqual(ofProjects);
  });

  it('that name a person by a column each say what becomes of it when they are erased', async () => {
    const columns = await names(`SELECT format('%I.%I', table_schema, table_name) FROM information_schema.columns
      WHERE column_name IN ('owner_id', 'user_id', 'owner_name', 'author', 'from_user_id', 'to_user_id', 'email') AND table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1`);
    expect(columns).toEqual([...PERSONAL_TABLES.map(([table]) => table), ...PERSON_TABLES.map(([table]) => table).filter((table) => table !== 'identity.oauth_records'), ...PERSONAL_BY_OTHERS].sort());
  });

  it('are never shown by a view with its owner\'s rights', async () => {
    expect(await names(`SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OURS} AND c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'`)).toEqual([]);
  });
});

describe('roles', () => {
  it('can neither log in nor go around row-level security, and are members of nothing', async () => {
    const roles = await database.inspect(`SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
      (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships FROM pg_roles r WHERE rolname IN ('${APP_ROLE}', '${DEFINER_ROLE}') ORDER BY rolname`);
    const harmless = { rolcanlogin: false, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, memberships: 0 };
    expect(roles).toEqual([APP_ROLE, DEFINER_ROLE].map((rolname) => ({ rolname, ...harmless })));
  });

  it('own nothing, except that the definer role owns its functions', async () => {
    const owned = await names(`SELECT DISTINCT format('%s %s', refobjid::regrole, classid::regclass) FROM pg_shdepend
      WHERE deptype = 'o' AND refobjid IN ('${APP_ROLE}'::regrole, '${DEFINER_ROLE}'::regrole)`);
    expect(owned).toEqual([`${DEFINER_ROLE} pg_proc`]);
  });

  it('can make no object in a schema, and no schema', async () => {
    expect(await names(`SELECT format('%s %s', n.nspname, r) FROM pg_namespace n, unnest(ARRAY['${APP_ROLE}', '${DEFINER_ROLE}']) r WHERE ${OURS} AND has_schema_privilege(r, n.oid, 'CREATE')`)).toEqual([]);
    expect(await names(`SELECT r FROM unnest(ARRAY['${APP_ROLE}', '${DEFINER_ROLE}']) r WHERE has_database_privilege(r, current_database(), 'CREATE')`)).toEqual([]);
  });

  it('act for every statement of the product as the app role', async () => {
    const [row] = await database.db.callBeforeTenant<{ current_user: string }>('SELECT * FROM current_user', []);
    expect(row).toEqual({ current_user: APP_ROLE });
  });
});

describe('functions with their owner\'s rights', () => {
  const DEFINERS = `FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prosecdef`;

  it('are these, and those that name organisations with something to do', async () => {
    expect(await names(`SELECT format('%I.%I', n.nspname, p.proname) ${DEFINERS} AND p.proname !~ '^organisations_with_' ORDER BY 1`)).toEqual(DEFINER_FUNCTIONS);
    const sweeps = await database.inspect<{ name: string; result: string; arguments: string }>(
      `SELECT p.proname AS name, pg_get_function_result(p.oid) AS result, pg_get_function_arguments(p.oid) AS arguments ${DEFINERS} AND p.proname ~ '^organisations_with_'`);
    expect(sweeps.length).toBeGreaterThan(0);
    for (const { name, ...shape } of sweeps) expect(shape, name).toEqual({ result: 'SETOF uuid', arguments: '' });
  });

  it('belong to the definer role, look names up nowhere but where they say, and can be called by the app role alone', async () => {
    const functions = await database.inspect<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, p.proname) AS name, p.proowner::regrole::text AS owner, 'search_path=""' = ANY (p.proconfig) AS is_pinned,
         ARRAY(SELECT CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS g ORDER BY 1) AS callers ${DEFINERS}`);
    for (const { name, ...facts } of functions) expect(facts, name).toEqual({ owner: DEFINER_ROLE, is_pinned: true, callers: [APP_ROLE, DEFINER_ROLE] });
  });
});

describe('rows, with one connection for all tenants', () => {
  const ours = scopeForTest();
  const theirs = scopeForTest();

  beforeAll(async () => {
    for (const table of tables) await fill(table, [ours, theirs]);
  });

  it.each([['an organisation', ours, 1], ['another one', theirs, 1], ['one that has none', scopeForTest(), 0]])('are those of %s', async (_name, scope, expected) => {
    for (const table of tables) {
      const rows = await database.db.run(scope, (tx) => tx.query<{ organisation_id: string }>(`SELECT organisation_id FROM ${table}`));
      expect(rows, table).toEqual(Array.from({ length: expected }, () => ({ organisation_id: scope.organisationId })));
    }
  });

  it('are none where no organisation is set', async () => {
    for (const table of tables) expect(await database.db.callBeforeTenant(`SELECT * FROM ${table}`, []), table).toEqual([]);
  });

  it('of a person are nobody else\'s, neither a colleague\'s nor a service\'s, and can not be written in another\'s name (42501)', async () => {
    for (const table of OWNED_TABLES) {
      for (const scope of [scopeForTest(ours.organisationId), scopeOfService(ours.organisationId, 'compiler')]) {
        const touched = await database.db.run(scope, async (tx) => [
          ...await tx.query(`SELECT 1 FROM ${table}`), ...await tx.query(`UPDATE ${table} SET owner_id = owner_id RETURNING 1`), ...await tx.query(`DELETE FROM ${table} RETURNING 1`),
        ]);
        expect(touched, table).toEqual([]);
        const insert = database.db.run(scope, (tx) => tx.query(`INSERT INTO ${table} (organisation_id, owner_id) VALUES ($1, $2)`, [ours.organisationId, userOf(ours)!.userId]));
        await expect(insert, table).rejects.toMatchObject({ code: '42501' });
      }
      const gift = database.db.run(ours, (tx) => tx.query(`UPDATE ${table} SET owner_id = gen_random_uuid()`));
      await expect(gift, table).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('can not be written for another organisation, nor given away (42501)', async () => {
    for (const table of tables) {
      const insert = database.db.run(ours, (tx) => tx.query(`INSERT INTO ${table} (organisation_id) VALUES ($1)`, [theirs.organisationId]));
      await expect(insert, table).rejects.toMatchObject({ code: '42501' });
      const gift = database.db.run(ours, (tx) => tx.query(`UPDATE ${table} SET organisation_id = $1`, [theirs.organisationId]));
      await expect(gift, table).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('never cross, however often tenants take turns and whatever goes wrong in between', async () => {
    const backends = new Set<number>();
    const turn = async (index: number): Promise<void> => {
      const scope = index % 2 === 0 ? ours : theirs;
      const table = tables[index % tables.length]!;
      if (index % 7 === 3) await expect(database.db.run(scope, (tx) => tx.query('SELECT 1 / 0'))).rejects.toMatchObject({ code: '22012' });
      if (index % 7 === 5) await expect(database.db.run(scope, async () => Promise.reject(new Error('changed my mind')))).rejects.toThrow('changed my mind');
      if (index % 7 === 6) expect(await database.db.callBeforeTenant(`SELECT * FROM ${table}`, [])).toEqual([]);
      const rows = await database.db.run(scope, (tx) => tx.query<{ organisation_id: string; backend: number }>(`SELECT organisation_id, pg_backend_pid() AS backend FROM ${table}`));
      expect(rows.map((row) => row.organisation_id), table).toEqual([scope.organisationId]);
      backends.add(rows[0]!.backend);
    };
    for (let index = 0; index < ALTERNATIONS / 2; index += 1) await turn(index);
    await Promise.all(Array.from({ length: ALTERNATIONS / 2 }, (_none, index) => turn(index)));
    expect(backends.size).toBe(1);
  });

  it.each([
    ['ran out of time', "SET LOCAL statement_timeout = '20ms'", undefined],
    ['was cancelled', 'SELECT 1', 'pg_cancel_backend'],
    ['lost its connection', 'SELECT 1', 'pg_terminate_backend'],
  ])('never cross after a statement that %s', async (_what, before, end) => {
    for (const [scope, next] of [[ours, theirs], [theirs, ours]] as const) {
      const ended = database.db.run(scope, async (tx) => {
        await tx.query(before);
        await tx.query('SELECT pg_sleep(20)');
      });
      const refused = expect(ended).rejects.toMatchObject({ code: 'unavailable' });
      if (end) await eventually(async () => expect(await database.inspect(`SELECT ${end}(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(20)'`)).toHaveLength(1));
      await refused;
      for (const table of tables) {
        expect(await database.db.callBeforeTenant(`SELECT * FROM ${table}`, []), table).toEqual([]);
        expect(await database.db.run(next, (tx) => tx.query(`SELECT organisation_id FROM ${table}`)), table).toEqual([{ organisation_id: next.organisationId }]);
      }
    }
  });
});

const SAMPLES: Record<string, string> = {
  uuid: 'gen_random_uuid()', text: `'x'`, 'text[]': `'{}'`, 'integer[]': `'{}'`, integer: '1', bigint: '1', boolean: 'false', jsonb: `'{}'`, json: `'{"at":"","action":"","target":"","actor":{"id":"","name":""}}'`, bytea: `'\\x00'`, tsvector: `''`, 'timestamp with time zone': 'now()', date: 'now()',
};

/** A row for each organisation (which is not erased by it), of whatever values its columns take: only whose it is matters here. */
async function fill(table: string, scopes: readonly TenantScope[]): Promise<void> {
  await database.inspect('SET session_replication_role = replica');
  for (const check of await names(`SELECT quote_ident(conname) FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'c'`)) {
    await database.inspect(`ALTER TABLE ${table} DROP CONSTRAINT ${check}`);
  }
  const columns = await database.inspect<{ name: string; type: string }>(`SELECT quote_ident(attname) AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
    WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND (attnotnull OR (attname = 'project_id' AND attrelid = 'tenancy.erasures'::regclass)) AND NOT atthasdef AND attidentity = '' AND attname <> 'organisation_id'`);
  for (const scope of scopes) {
    const { organisationId } = scope;
    const owner = OWNED_TABLES.includes(table) ? `'${userOf(scope)!.userId}'` : SAMPLES.uuid;
    const values = columns.map(({ name, type }) => (name === 'owner_id' ? owner : type === 'text' ? `'${randomUUID()}'` : SAMPLES[type]));
    await database.inspect(`INSERT INTO ${table} (${['organisation_id', ...columns.map(({ name }) => name)].join(', ')}) VALUES (${[`'${organisationId}'`, ...values].join(', ')})`);
  }
}
