import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { Draining } from './draining.js';

function headersOf(draining: Draining): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => (headers[name] = value) };
  let isPassedOn = false;
  draining.closeConnections({} as Request, response as unknown as Response, () => (isPassedOn = true));
  expect(isPassedOn).toBe(true);
  return headers;
}

it('asks with each answer to close the connection, from the moment that draining begins', async () => {
  const draining = new Draining();
  expect([draining.isOn, headersOf(draining)]).toEqual([false, {}]);
  const drained = draining.begin(0);
  expect([draining.isOn, headersOf(draining)]).toEqual([true, { connection: 'close' }]);
  await drained;
  expect([draining.isOn, headersOf(draining)]).toEqual([true, { connection: 'close' }]);
});
