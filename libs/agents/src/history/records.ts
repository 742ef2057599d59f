import { asObject, type JsonObject } from '../reading/fields.js';

/** A member that is a text with something in it. */
export function textIn(record: JsonObject | undefined, name: string): string | undefined {
  const value = record?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function objectIn(record: JsonObject | undefined, name: string): JsonObject | undefined {
  return asObject(record?.[name]);
}

/** The objects of a member that is a list; none where it is not. */
export function objectsIn(record: JsonObject | undefined, name: string): readonly JsonObject[] {
  const value = record?.[name];
  return Array.isArray(value) ? value.map(asObject).filter((item) => item !== undefined) : [];
}

/** The texts of content blocks, or the content itself where it is a text. */
export function textOfContent(content: unknown, isWanted: (block: JsonObject) => boolean = () => true): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((item) => {
    const block = asObject(item);
    return block && isWanted(block) ? (textIn(block, 'text') ?? []) : [];
  }).join('\n');
}

/** A time as RFC 3339, of a text or of milliseconds. */
export function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** A JSON text as an object. */
export function objectFrom(json: unknown): JsonObject | undefined {
  if (typeof json !== 'string') return asObject(json);
  try {
    return asObject(JSON.parse(json));
  } catch {
    return undefined;
  }
}
