import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { API_CONTROLLERS } from './api-controllers.js';
import { openApiDocument } from './openapi.js';
import { routeTable } from './route-table.js';

const TABLE = routeTable(API_CONTROLLERS);
const DOCUMENT = openApiDocument(TABLE, '1.2.3');

interface Parameter { name: string; in: string; required: boolean; description?: string; schema: Record<string, unknown> }
interface Operation { operationId: string; summary: string; parameters: Parameter[]; responses: Record<string, { $ref?: string; content?: object }>; requestBody?: object }

const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as unknown as Operation })));

function referencesIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
}

describe('the OpenAPI document', () => {
  it('is an OpenAPI 3.1 document with a bearer scheme', () => {
    expect(DOCUMENT).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d$/), info: { title: expect.any(String), version: '1.2.3' },
      security: [{ bearer: [] }], components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    });
  });

  it('has every route once, under an id of its own', () => {
    expect(OPERATIONS.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(TABLE.map(({ path, method }) => `${method} ${path}`).sort());
    expect(new Set(TABLE.map(({ operationId }) => operationId)).size).toBe(TABLE.length);
  });

  it('declares exactly the parameters of each path, as required', () => {
    for (const { path, operation } of OPERATIONS) {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(declared.every(({ required, description }) => required && description)).toBe(true);
    }
  });

  it('gives every parameter a type, and no two of one place the same name', () => {
    for (const { operation } of OPERATIONS) {
      for (const { schema } of operation.parameters) expect(schema).toSatisfy((json: object) => 'type' in json || 'const' in json || 'enum' in json);
      const names = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('describes a success and the problems of every operation', () => {
    for (const { operation, path } of OPERATIONS) {
      expect(operation.summary, path).toMatch(/\.$/);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '404', '500', '503']));
      expect(Object.entries(operation.responses).some(([status, { content }]) => status.startsWith('2') && content)).toBe(true);
    }
  });

  it('refers to nothing that it does not hold', () => {
    const root = JSON.parse(JSON.stringify(DOCUMENT)) as Record<string, Record<string, unknown>>;
    for (const reference of referencesIn(DOCUMENT)) {
      const found = reference.replace('#/', '').split('/').reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], root);
      expect(found, reference).toBeTypeOf('object');
    }
    expect(JSON.stringify(DOCUMENT)).not.toContain('$defs');
  });

  it('says bounds and defaults of the query as they are', () => {
    const listPages = OPERATIONS.find(({ operation }) => operation.operationId === 'listPages')!.operation;
    expect(listPages.parameters).toContainEqual({ name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } });
    expect(listPages.parameters).toContainEqual(expect.objectContaining({ name: 'kind', explode: false, schema: expect.objectContaining({ type: 'array' }) }));
  });
});
