import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { GatewayConfig, isForThisMachine } from '../gateway.config.js';
import { hostCheck } from './host-check.js';

const LOOPBACK = { AI_MEMORY_BIND: '127.0.0.1:1' };
const EVERYWHERE = { AI_MEMORY_BIND: '0.0.0.0:1' };
const PUBLIC = { AI_MEMORY_PUBLIC_URL: 'https://m.example' };
const LISTED = { AI_MEMORY_ALLOWED_HOSTS: 'Other.example, third.example' };

function outcome(settings: object, headers: Record<string, string>): string {
  let found = 'served';
  hostCheck(GatewayConfig.parse(settings))({ headers } as unknown as Request, {} as Response, (error?: unknown) => void (error && (found = (error as { code: string }).code)));
  return found;
}

describe('a request', () => {
  it.each<[string, object, Record<string, string>, string]>([
    ['of this machine', LOOPBACK, { host: 'localhost:1' }, 'served'], ['by a name that leads here', LOOPBACK, { host: 'rebound.example' }, 'auth.host-foreign'], ['without a Host', LOOPBACK, {}, 'auth.host-foreign'],
    ['through a proxy on this machine', { ...LOOPBACK, ...PUBLIC }, { host: 'm.example' }, 'served'], ['by a listed name', { ...LOOPBACK, ...LISTED }, { host: 'OTHER.example:80' }, 'served'],
    ['by any name, where none is listed', EVERYWHERE, { host: 'any.example' }, 'served'], ['by another than the listed ones', { ...EVERYWHERE, ...LISTED }, { host: 'any.example' }, 'auth.host-foreign'],
    ['by the public name beside listed ones', { ...EVERYWHERE, ...LISTED, ...PUBLIC }, { host: 'm.example' }, 'served'],
    ['of our own page', EVERYWHERE, { host: 'm.example', origin: 'https://m.example' }, 'served'], ['of another site', EVERYWHERE, { host: 'm.example', origin: 'https://evil.example' }, 'auth.origin-foreign'],
    ['of a page without an origin', EVERYWHERE, { host: 'm.example', origin: 'null' }, 'auth.origin-foreign'], ['of a name that begins like ours', EVERYWHERE, { host: 'm.example', origin: 'https://m.example.evil.example' }, 'auth.origin-foreign'],
  ])('%s is as it should be', (_what, settings, headers, expected) => {
    expect(outcome(settings, headers)).toBe(expected);
  });
});

it.each([[LOOPBACK, true], [{ ...LOOPBACK, AI_MEMORY_PUBLIC_URL: 'http://localhost:1' }, true], [{ ...LOOPBACK, ...PUBLIC }, false], [EVERYWHERE, false]])('with %j a caller may be anonymous: %s', (settings, isAlone) => {
  expect(isForThisMachine(GatewayConfig.parse(settings))).toBe(isAlone);
});
