/** SQLSTATE classes: 08 connection, 53 resources (a full disk among them), 57 operator; and an open transaction that was let go. */
const SQLSTATES = /^(08|53|57)|^25P03$/;
const SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What the driver and its pool say in their own words, without a code. */
const WORDS = /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Cannot use a pool)/;

/** In a few words what is wrong, where the database could not be reached or could not work just now; undefined for an error of any other kind. */
export function outageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return SQLSTATES.test(code) || SYSTEM_CODES.has(code) ? code : undefined;
  return WORDS.exec(error.message)?.[0];
}
