/** Pairs as people type them: `left = right`, one a line. */
export function textOfPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs).map(([left, right]) => `${left} = ${right}`).join('\n');
}

/** Of two lines with the same left side the last holds. The left side may hold `=`, as names in a directory do: `cn=admins,dc=acme = admin`. */
export function pairsOf(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line) => {
    const at = line.lastIndexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}
