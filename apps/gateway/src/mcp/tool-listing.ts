import type { Tool } from '@modelcontextprotocol/server';
import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Bounds and formats that a refusal names well enough. */
const CHECKED_UNLISTED = ['minLength', 'maxLength', 'maxItems', 'minimum', 'pattern', 'format', 'additionalProperties', 'propertyNames'] as const;
const LISTED_CHOICES_MAX = 6;

/**
 * The arguments as `tools/list` shows them. Every agent pays for these bytes in every session, so what helps no model to
 * choose or to call stays out: what is listed is looser than what is checked, never stricter.
 */
export function listedInput(schema: z.ZodObject, unlisted: readonly string[]): Tool['inputSchema'] {
  const shown = z.object(Object.fromEntries(Object.entries(schema.shape).filter(([name]) => !unlisted.includes(name))));
  return listed(z.toJSONSchema(shown, { io: 'input', override: ({ jsonSchema }) => slim(jsonSchema) }));
}

/** The answer's fields: their names, and which are lists. A model reads the answer itself. */
export function listedOutput(schema: z.ZodObject, unlisted: readonly string[]): NonNullable<Tool['outputSchema']> {
  const fields = Object.entries(schema.shape).filter(([name]) => !unlisted.includes(name)).map(([name, field]) => [name, field instanceof z.ZodArray ? { type: 'array' } : {}]);
  return { type: 'object', properties: Object.fromEntries(fields) };
}

function listed({ $schema: _dialect, ...schema }: JsonSchema): Tool['inputSchema'] {
  return schema as Tool['inputSchema'];
}

function slim(schema: JsonSchema): void {
  for (const keyword of CHECKED_UNLISTED) delete schema[keyword];
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.enum && schema.enum.length > LISTED_CHOICES_MAX) delete schema.enum;
  if (schema.default === false || (Array.isArray(schema.default) && schema.default.length === 0)) delete schema.default;
}
