import { Fault, UNAVAILABLE } from '#libs/faults';

/** SQLSTATE classes: 08 connection, 53 resources (a full disk among them), 57 operator; and an open transaction that was let go. */
const SQLSTATES = /^(08|53|57)|^25P03$/;
const SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What the driver and its pool say in their own words, without a code. */
const WORDS = /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Cannot use a pool)/;
const QUERY_CANCELED = '57014';
const SILENT = /^Query read timeout/;

/** In a few words what is wrong, where the database could not be reached or could not work just now; undefined for an error of any other kind. */
export function outageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return SQLSTATES.test(code) || SYSTEM_CODES.has(code) ? code : undefined;
  return WORDS.exec(error.message)?.[0];
}

/** Whether a fault says that the database is away, for all alike: not that one statement took too long. */
export function isAway(error: unknown): boolean {
  return error instanceof Fault && error.kind === UNAVAILABLE.kind && (error.cause as { code?: unknown } | undefined)?.code !== QUERY_CANCELED;
}

/** Of the driver's pool: what is asked of it beside TypeORM. Where none was to be had in time, `done` is told the error alone. */
export interface IdleConnections {
  readonly idleCount: number;
  connect(done: (error?: Error, client?: unknown, release?: (isBroken: boolean) => void) => void): void;
}

/**
 * Lets go of all that nobody uses, where the error is that a connection has gone without a word: those that were open with it have likely gone too, and each of them would
 * keep somebody waiting until it is found out.
 */
export function letGoOfSilent(error: unknown, pool: IdleConnections): void {
  if (error instanceof Error && SILENT.test(error.message)) letGoOfIdle(pool);
}

export function letGoOfIdle(pool: IdleConnections): void {
  for (let left = pool.idleCount; left > 0; left -= 1) pool.connect((_error, _client, release) => release?.(true));
}
