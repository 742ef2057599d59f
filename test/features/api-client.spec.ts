import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiOfRoutes } from '../../apps/gateway/src/http/openapi.controller.js';
import { documentHash } from '../../scripts/openapi-hash.mjs';

it('has a client package made from the routes as they are: else run npm run client', () => {
  const [first] = readFileSync(new URL('../../packages/api-client/src/schema.ts', import.meta.url), 'utf8').split('\n');
  expect(first).toContain(documentHash(openApiOfRoutes()));
});
