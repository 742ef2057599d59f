import { z } from 'zod';

const WHOLE = /^\d{1,9}$/;

/** A whole number as it stands in a query string; other spellings of numbers are refused. */
export function wholeNumber(min: number, max: number, preset: number) {
  return z.preprocess((text) => (typeof text === 'string' && WHOLE.test(text) ? Number(text) : text), z.int().min(min).max(max)).default(preset);
}

/** `true` or `false`, as it stands in a query string. */
export function yesOrNo(preset: boolean) {
  return z.preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean()).default(preset);
}

/** Several values of one name: `kinds=a,b` or `kinds=a&kinds=b`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((given) => [given].flat().flatMap((text) => String(text).split(',')), z.array(item).max(50)).optional();
}

/** Several values of one name, which may hold commas: `path=a&path=b`. */
export function valuesOf<T extends z.ZodType>(item: T) {
  return z.preprocess((given) => [given].flat(), z.array(item).max(20)).optional();
}

/** `1` or `true`, `0` or `false`. */
export function flag() {
  return z.enum(['1', 'true', '0', 'false']).transform((text) => text === '1' || text === 'true').optional();
}
