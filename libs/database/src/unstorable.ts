/** SQLSTATEs for a NUL, in a text and in JSON. */
const NUL = new Set(['22021', '22P05']);
const INVALID_TEXT = '22P02';

/** Whether the database was given a text that it can't hold: with a NUL, or in JSON with half of a surrogate pair. */
export function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, detail } = error as { code?: unknown; detail?: unknown };
  return NUL.has(String(code)) || (code === INVALID_TEXT && /surrogate/.test(String(detail)));
}
