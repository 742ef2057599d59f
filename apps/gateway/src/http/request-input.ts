import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { JSON_NEEDED } from './http.faults.js';
import { namesIn, PATH_PARAMS } from './path-params.js';
import type { RouteContract } from './route.js';
import { findUnstorable } from './storable.js';

/** A request before it is checked. */
export interface RawInput {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  body: unknown;
}

type Part = 'path' | 'query' | 'header' | 'body';

const ISSUES_SHOWN_MAX = 5;
const SENTENCE_CHARS_MAX = 500;

/** Parses a request against its route. Throws `input.invalid` with a sentence that names what is wrong, never the value. */
export function readInput(contract: RouteContract, raw: RawInput) {
  if (contract.body && raw.body === undefined && !contract.body.safeParse(undefined).success) throw new Fault(JSON_NEEDED);
  const params = z.object(Object.fromEntries(namesIn(contract.path).map((name) => [name, PATH_PARAMS[name]])));
  return {
    params: parse('path', params, joinSegments(raw.params)),
    query: parse('query', z.strictObject(contract.query ?? {}), raw.query),
    headers: parse('header', z.object(contract.headers ?? {}), raw.headers),
    body: contract.body && parse('body', contract.body, raw.body),
  };
}

/** The request, parsed, as a handler's parameter. */
export const ParsedInput = createParamDecorator((contract: RouteContract, context: ExecutionContext) => {
  const { params, query, headers, body } = context.switchToHttp().getRequest<Request>();
  return readInput(contract, { params, query, headers, body });
});

/** Express gives the rest of a path as its segments. */
function joinSegments(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]));
}

function parse(part: Part, schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error.issues.slice(0, ISSUES_SHOWN_MAX).map((issue) => sentenceOf(part, issue)).join('; '));
  const unstorable = findUnstorable(parsed.data);
  if (unstorable) throw invalid(`${[part, ...unstorable].join('.')}: holds a NUL or an unpaired surrogate`);
  return parsed.data;
}

function sentenceOf(part: Part, issue: z.core.$ZodIssue): string {
  const where = [part, ...issue.path].join('.');
  if (issue.code !== 'unrecognized_keys') return `${where}: ${issue.message}`;
  return `${where}: unknown ${issue.keys.length > 1 ? 'names' : 'name'} ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
}

function invalid(sentence: string): Fault {
  return new Fault(INVALID_INPUT, { sentence: sentence.slice(0, SENTENCE_CHARS_MAX) });
}
