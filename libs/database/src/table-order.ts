/** A row of `child` names one of `parent`, which must be there before it. */
export interface TableReference {
  readonly child: string;
  readonly parent: string;
}

/** The tables, each after those it refers to, else in the given order. Throws where they refer to each other in a circle. */
export function parentsFirst(tables: readonly string[], references: readonly TableReference[]): string[] {
  const ordered = new Set<string>();
  let waiting = [...tables];
  while (waiting.length > 0) {
    const isReady = (table: string): boolean => references.every(({ child, parent }) => child !== table || parent === table || ordered.has(parent));
    const ready = waiting.filter(isReady);
    if (ready.length === 0) throw new Error(`These tables refer to each other in a circle: ${waiting.join(', ')}`);
    ready.forEach((table) => ordered.add(table));
    waiting = waiting.filter((table) => !ordered.has(table));
  }
  return [...ordered];
}
