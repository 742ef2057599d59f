import { z } from 'zod';
import { FAULT_STATUS, type FaultKind } from '#libs/faults';
import { PATH_PARAMS } from './path-params.js';
import { Problem, PROBLEM_TITLE, PROBLEM_TYPE } from './problem.js';
import type { RouteContract } from './route.js';
import type { RouteEntry } from './route-table.js';

type Json = Record<string, unknown>;

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, Json>>;
  components: { securitySchemes: Json; schemas: Json; responses: Json };
}

const OF_READS: readonly FaultKind[] = ['invalid', 'unauthenticated', 'forbidden', 'not-found', 'limited', 'internal', 'unavailable', 'timeout'];
const OF_CHANGES: readonly FaultKind[] = [...OF_READS, 'conflict', 'too-large'];

/** The OpenAPI 3.1 document of the routes: made from what they are served by, so it can't disagree with it. */
export function openApiDocument(table: readonly RouteEntry[], version: string): OpenApiDocument {
  const schemas: Json = {};
  const paths: OpenApiDocument['paths'] = {};
  for (const entry of table) (paths[entry.path] ??= {})[entry.method.toLowerCase()] = operationOf(entry, schemas);
  return {
    openapi: '3.1.1',
    info: { title: 'ai-memory', version, description: 'Shared memory for coding agents. Errors are problem+json (RFC 9457); what you may not see looks like what does not exist.' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, responses: problemResponses(schemas), schemas },
  };
}

function operationOf({ operationId, tag, paramNames, contract }: RouteEntry, schemas: Json): Json {
  return {
    operationId,
    tags: [tag],
    summary: contract.summary,
    parameters: [
      ...paramNames.map((name) => parameter('path', name, PATH_PARAMS[name], schemas)),
      ...Object.entries(contract.query ?? {}).map(([name, schema]) => parameter('query', name, schema, schemas)),
      ...Object.entries(contract.headers ?? {}).map(([name, schema]) => parameter('header', name, schema, schemas)),
    ],
    ...requestBodyOf(contract, schemas),
    responses: responsesOf(contract, schemas),
  };
}

function requestBodyOf({ body, consumes }: RouteContract, schemas: Json): Json {
  const content = consumes ? bytesContent(consumes) : body && jsonContent(body, schemas);
  return content ? { requestBody: { required: consumes !== undefined || !body!.safeParse(undefined).success, content } } : {};
}

/** Whether it is required, and its default, are asked of the schema itself. */
function parameter(place: 'path' | 'query' | 'header', name: string, schema: z.ZodType, schemas: Json): Json {
  const absent = schema.safeParse(undefined);
  const preset = absent.data === undefined ? {} : { default: absent.data };
  const { description, ...json } = jsonSchema(schema, schemas);
  const style = json.type === 'array' ? { style: 'form', explode: false } : {};
  return { name, in: place, required: !absent.success, ...(description ? { description } : {}), ...style, schema: { ...json, ...preset } };
}

function responsesOf(contract: RouteContract, schemas: Json): Json {
  const content = contract.produces ? bytesContent(contract.produces) : jsonContent(contract.response, schemas);
  const kinds = contract.method === 'GET' ? OF_READS : OF_CHANGES;
  const also = Object.entries(contract.also ?? {}).map(([status, description]) => [status, status === '304' ? { description } : { description, content }]);
  return {
    [contract.status ?? 200]: { description: 'Done.', content },
    ...Object.fromEntries(also),
    ...Object.fromEntries(kinds.map((kind) => [FAULT_STATUS[kind], { $ref: `#/components/responses/${kind}` }])),
  };
}

function problemResponses(schemas: Json): Json {
  const content = { [PROBLEM_TYPE]: { schema: jsonSchema(Problem, schemas) } };
  const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
  return Object.fromEntries(Object.entries(PROBLEM_TITLE).map(([kind, description]) => [
    kind, { description, content, ...(kind === 'limited' || kind === 'unavailable' ? { headers: retryAfter } : {}) },
  ]));
}

function jsonContent(schema: z.ZodType, schemas: Json): Json {
  return { 'application/json': { schema: jsonSchema(schema, schemas) } };
}

/** OpenAPI 3.1 says nothing more of bytes than their media type. */
function bytesContent(mediaType: string): Json {
  return { [mediaType]: {} };
}

/** Schemas with an id become components, each once; the rest stay where they are. */
function jsonSchema(schema: z.ZodType, schemas: Json): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input' });
  const { $defs, ...own } = JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as { $defs?: Json } & Json;
  Object.assign(schemas, $defs);
  return own;
}
