/** Names beyond these are judged each time, so that nobody fills the memory with names. */
const NAMES_MAX = 2_000;
const CHARACTERS_MAX = 64;

/** The same function of a name, quicker for the few that come again and again. `isKept` says which results may stay in memory. */
export function remembered<T>(judge: (name: string) => T, isKept: (result: T, name: string) => boolean): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const result = judge(name);
    if (known.size < NAMES_MAX && name.length <= CHARACTERS_MAX && isKept(result, name)) known.set(name, result);
    return result;
  };
}
