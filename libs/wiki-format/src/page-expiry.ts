const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** When a page says that it expires: a time with its offset, or the beginning of a day in UTC. Null for anything else. */
export function expiryOf(value: unknown): Date | null {
  if (typeof value !== 'string' || !WRITTEN.test(value)) return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}
