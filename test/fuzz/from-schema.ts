import fc from 'fast-check';
import { wildValue } from './wild.js';

export type JsonSchema = Record<string, unknown>;
export type Schemas = Readonly<Record<string, JsonSchema>>;
/** What is in place of a property or parameter of this name, so that something is behind the door too. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** One place in ten holds what its schema does not allow. */
const WILD = 1;
const FITTING = 9;
const DEPTH_MAX = 6;

/** Values that mostly fit a JSON Schema (2020-12, as far as ours use it). */
export function valueFor(schema: JsonSchema, schemas: Schemas, known: Known, depth = 0): fc.Arbitrary<unknown> {
  if (depth > DEPTH_MAX) return fc.constant(null);
  return fc.oneof({ weight: WILD, arbitrary: wildValue }, { weight: FITTING, arbitrary: fitting(schema, schemas, known, depth) });
}

function fitting(schema: JsonSchema, schemas: Schemas, known: Known, depth: number): fc.Arbitrary<unknown> {
  const inside = (of: JsonSchema): fc.Arbitrary<unknown> => valueFor(of, schemas, known, depth + 1);
  if (typeof schema.$ref === 'string') return fitting(schemas[schema.$ref.split('/').at(-1)!]!, schemas, known, depth + 1);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if ('const' in schema) return fc.constant(schema.const);
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return fc.oneof(...choices.map(inside));
  switch (schema.type) {
    case 'string': return textFor(schema);
    case 'integer': return numberFor(schema);
    case 'number': return fc.oneof(numberFor(schema), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'boolean': return fc.boolean();
    case 'null': return fc.constant(null);
    case 'array': return fc.array(inside((schema.items as JsonSchema | undefined) ?? {}), { maxLength: 3 });
    case 'object': return objectFor(schema, inside, known);
    default: return wildValue;
  }
}

function textFor({ format, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'uri') return fc.webUrl();
  if (format === 'email') return fc.emailAddress();
  const [min, max] = [Number(minLength), Math.min(Number(maxLength), 60)];
  return fc.string({ minLength: Math.min(min, max), maxLength: max });
}

/** Its bounds, what is just past them, and what lies between. */
function numberFor({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const [min, max] = [Number(minimum ?? -1_000), Number(maximum ?? 1_000)];
  return fc.oneof(fc.constantFrom(min, max, min - 1, max + 1), fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) }));
}

function objectFor({ properties = {}, required = [] }: JsonSchema, inside: (of: JsonSchema) => fc.Arbitrary<unknown>, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties as Record<string, JsonSchema>).map(([name, of]) => [name, withKnown(name, inside(of), known)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as string[] });
}

export function withKnown(name: string, otherwise: fc.Arbitrary<unknown>, known: Known): fc.Arbitrary<unknown> {
  const values = known[name];
  return values ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: otherwise }) : otherwise;
}
