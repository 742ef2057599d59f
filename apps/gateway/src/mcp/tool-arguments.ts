/** A tool's other names for its parameters, by the name that clients of the reference system send. */
export type Aliases = Readonly<Record<string, string>>;

export interface SortedArguments {
  known: Record<string, unknown>;
  /** Names of parameters that this server doesn't have; the answer tells, so that nobody believes they worked. */
  ignored: string[];
}

/** Arguments under their listed names. Null counts as left out: clients in strict mode fill every optional one with it. */
export function sortArguments(given: Readonly<Record<string, unknown>>, names: readonly string[], aliases: Aliases): SortedArguments {
  const known: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const listed = Object.hasOwn(aliases, name) ? aliases[name]! : name;
    if (!names.includes(listed)) ignored.push(name);
    else if (value !== null && (name === listed || !hasValue(given, listed))) known[listed] = value;
  }
  return { known, ignored };
}

function hasValue(given: Readonly<Record<string, unknown>>, name: string): boolean {
  return given[name] !== undefined && given[name] !== null;
}
