const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const;

/** Gives text a look on a terminal, or leaves it as it is. */
export type Style = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

export function styleOf(isColoured: boolean): Style {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [name, (text: string) => (isColoured && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text)]);
  return Object.fromEntries(entries) as Style;
}
