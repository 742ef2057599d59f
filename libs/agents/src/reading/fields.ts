/** A JSON object as it came over the wire: any member may be missing or of any type. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object's members by folded name. Empty for whatever is not an object. */
export type Fields = ReadonlyMap<string, unknown>;

/** A hook body has tens of members; whoever sends more is not describing an event with them. */
const FIELDS_MAX = 1_000;

/** Names that were folded before: the same few come with every event. Those beyond are folded each time, so that nobody fills the memory with names. */
const FOLDED_MAX = 2_000;
const FOLDED_CHARACTERS_MAX = 64;
const folded = new Map<string, string>();

/** One spelling for `session_id`, `sessionId` and `sessionID`: agents agree on words, not on how to write them. */
export function fold(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  const spelling = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (folded.size < FOLDED_MAX && name.length <= FOLDED_CHARACTERS_MAX) folded.set(name, spelling);
  return spelling;
}

const NOTHING: Fields = new Map();

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Of members that fold to one name the first with content wins. */
export function fieldsOf(value: unknown): Fields {
  const object = asObject(value);
  if (object === undefined) return NOTHING;
  const fields = new Map<string, unknown>();
  for (const name of Object.keys(object).slice(0, FIELDS_MAX)) {
    const spelling = fold(name);
    const known = fields.get(spelling);
    if (known === undefined || known === null || known === '') fields.set(spelling, object[name]);
  }
  return fields;
}

/**
 * Where a body's facts are looked for, nearest first: at the top, in the objects an agent is known to wrap them in,
 * and the same again inside the envelopes `payload` and `event`.
 */
export function scopesOf(body: JsonObject): readonly Fields[] {
  const top = fieldsOf(body);
  return [top, fieldsOf(top.get('payload')), fieldsOf(top.get('event'))].flatMap(withNested).filter((fields) => fields.size > 0);
}

function withNested(fields: Fields): Fields[] {
  const properties = fieldsOf(fields.get('properties'));
  return [fields, properties, fieldsOf(properties.get('info')), fieldsOf(fields.get('info')), fieldsOf(fields.get('path'))];
}

/** The first value that `as` accepts: scope by scope, and within a scope in the order of `names`. */
export function first<T>(scopes: readonly Fields[], names: readonly string[], as: (value: unknown) => T | undefined): T | undefined {
  for (const fields of scopes) {
    for (const name of names) {
      const value = as(fields.get(fold(name)));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** An object, or the JSON text of one: some agents pass a tool's arguments as text. */
export function asObjectOrJson(value: unknown): JsonObject | undefined {
  if (typeof value !== 'string') return asObject(value);
  if (!/^\s*\{/.test(value)) return undefined;
  try {
    return asObject(JSON.parse(value));
  } catch {
    return undefined;
  }
}
