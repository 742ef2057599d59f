import { z } from 'zod';

const WHOLE = /^\d{1,9}$/;

/** A whole number as it stands in a query string; other spellings of numbers are refused. */
export function wholeNumber(min: number, max: number, preset: number) {
  return z.preprocess((text) => (typeof text === 'string' && WHOLE.test(text) ? Number(text) : text), z.int().min(min).max(max)).default(preset);
}

/** Several values of one name: `kinds=a,b` or `kinds=a&kinds=b`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((given) => [given].flat().flatMap((text) => String(text).split(',')), z.array(item).max(50)).optional();
}

/** Yes or no, as `1`, `true`, `0` or `false`; no where it is left out. */
export function flag() {
  return z.preprocess((text) => ({ 1: true, true: true, 0: false, false: false })[String(text)] ?? text, z.boolean()).default(false);
}

/** Several values of one name, which may hold commas: `path=a&path=b`. */
export function valuesOf<T extends z.ZodType>(item: T) {
  return z.preprocess((given) => [given].flat(), z.array(item).max(20)).optional();
}
