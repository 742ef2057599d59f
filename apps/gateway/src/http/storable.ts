/** Postgres stores neither NUL nor half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Where the first text is that could not be stored or looked for, as the names on the way there; undefined where there is none. The value's levels bound the recursion. */
export function findUnstorable(value: unknown): string[] | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = findUnstorable(name) ?? findUnstorable(inner);
    if (found) return [name, ...found];
  }
  return undefined;
}

/** False where some text in the value could not be stored or looked for. */
export function isStorable(value: unknown): boolean {
  return findUnstorable(value) === undefined;
}
