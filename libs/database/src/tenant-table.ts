import { APP_ROLE } from './data-source.js';

/** Owns the few functions that must look across organisations; it can read what a policy lets it, and nothing else. */
export const DEFINER_ROLE = 'ai_memory_definer';

/** The organisation of the running transaction; null, and thus no rows, where none is set. After a local `set_config` the reset value is ''. */
export const CURRENT_ORGANISATION = `(SELECT nullif(current_setting('app.organisation_id', true), '')::uuid)`;

/** The user on whose behalf the running transaction is; null, and thus nobody's rows, for an app's own work. */
export const CURRENT_USER_ID = `(SELECT nullif(current_setting('app.user_id', true), '')::uuid)`;

/** SQL that opens a schema to the app role. */
export function appSchema(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${schema}; GRANT USAGE ON SCHEMA ${schema} TO ${APP_ROLE}, ${DEFINER_ROLE};`;
}

/**
 * SQL that puts a table, which has a column `organisation_id`, under row-level security for everybody, its owner included,
 * and lets the app role read and write the rows of the transaction's organisation.
 */
export function tenantTable(table: string): string {
  return securedTable(table, `organisation_id = ${CURRENT_ORGANISATION}`);
}

/**
 * As `tenantTable`, for rows that are one person's: only transactions of the user in `owner_id` see them and write them,
 * whatever a query asks for, owners of the organisation and our own apps included.
 */
export function ownedTable(table: string): string {
  return securedTable(table, `organisation_id = ${CURRENT_ORGANISATION} AND owner_id = ${CURRENT_USER_ID}`);
}

function securedTable(table: string, rule: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON ${table} TO ${APP_ROLE} USING (${rule}) WITH CHECK (${rule});
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${APP_ROLE};`;
}

/**
 * SQL that lets definer functions read a table of all organisations. The policy is a constant, so that it stands in no
 * index's way: with a row policy in force, \`@@\`, which is not leakproof, may not use one.
 */
export function definerReads(table: string): string {
  return `CREATE POLICY definer ON ${table} FOR SELECT TO ${DEFINER_ROLE} USING (true); GRANT SELECT ON ${table} TO ${DEFINER_ROLE};`;
}

/** SQL that hands a function to the definer role and lets only the app role call it. `signature` as in \`schema.name(uuid, text)\`. */
export function definerFunction(signature: string): string {
  const schema = signature.split('.')[0];
  return `
    GRANT CREATE ON SCHEMA ${schema} TO ${DEFINER_ROLE};
    ALTER FUNCTION ${signature} OWNER TO ${DEFINER_ROLE};
    REVOKE CREATE ON SCHEMA ${schema} FROM ${DEFINER_ROLE};
    REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${signature} TO ${APP_ROLE};`;
}
