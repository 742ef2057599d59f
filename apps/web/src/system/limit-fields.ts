import type { Schema } from 'ai-memory-api-client';

type Limits = NonNullable<Schema<'OrganisationLimits'>['limits']>;
export type LimitChanges = Schema<'OrganisationLimits'>['changes'];
export type Whose = keyof Limits;

/** What may be limited, in the order of the form. Rows and bytes are kept, all else is used in a minute. */
export const LIMIT_FIELDS: readonly (readonly [whose: Whose, measures: readonly string[]])[] = [
  ['organisation', ['requests', 'events', 'searches']], ['user', ['requests', 'events', 'searches']], ['token', ['requests', 'events', 'searches']], ['stored', ['rows', 'bytes']],
];

/** A form's texts by `whose.measure`. What is as by default is empty. */
export function textsOf(changes: LimitChanges): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).flatMap(([whose, values]) => Object.entries(values ?? {}).map(([measure, value]) => [`${whose}.${measure}`, String(value)])));
}

/** What is other than the default, as such a form says it. */
export function changesOf(texts: Readonly<Record<string, string>>): LimitChanges {
  const changes: Record<string, Record<string, number>> = {};
  for (const [name, text] of Object.entries(texts)) {
    const [whose, measure] = name.split('.') as [string, string];
    if (text.trim() !== '') (changes[whose] ??= {})[measure] = Number(text);
  }
  return changes;
}

/** What is in force, for who fills in nothing. */
export function inForce(limits: Limits, whose: Whose, measure: string): number {
  return (limits[whose] as Record<string, number>)[measure]!;
}
