import { definerFunction } from './tenant-table.js';

/** A transaction that began earlier sees what later ones put off as that much further ahead; less than any clock is wrong by that matters. */
const MARGIN_SECONDS = 60;

/**
 * SQL that is true once `column` has come, and where it lies a minute further ahead than `longestSeconds`, for which a thing is put off at most: that was put
 * down while the clock of Postgres was ahead, and would otherwise wait until the clock comes there again.
 */
export function hasCome(column: string, longestSeconds: number): string {
  return `(${column} <= now() OR ${column} > now() + interval '${longestSeconds + MARGIN_SECONDS} seconds')`;
}

/** SQL that is true where `column`, when something happened, is not within the last `seconds`. What is yet to come by the clock happened while that was ahead, and is long ago. */
export function wasLongAgo(column: string, seconds: number): string {
  return `${column} NOT BETWEEN now() - interval '${seconds} seconds' AND now() + interval '${seconds} seconds'`;
}

/** SQL that makes a function, or makes it anew, that tells which organisations have rows of `table` for which `condition` holds. `name` as in \`schema.name\`. */
export function organisationsWhere(name: string, table: string, condition: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${name}() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
      $$ SELECT DISTINCT organisation_id FROM ${table} WHERE ${condition} $$;
    ${definerFunction(`${name}()`)}`;
}
