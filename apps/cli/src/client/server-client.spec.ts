import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EXIT } from './failure.js';
import { apiPath, ServerClient } from './server-client.js';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
let reply: Reply;
let seen: IncomingMessage[];

beforeAll(async () => {
  server = createServer((request, response) => { seen.push(request); reply(request, response); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => { seen = []; });

afterAll(() => { server.closeAllConnections(); server.close(); });

const status = (code: number, body = '', headers = {}): Reply => (_request, response) => response.writeHead(code, headers).end(body);
const asked = (token?: string, timeoutMs?: number) => new ServerClient(url, token, timeoutMs).ask(z.object({ a: z.number() }), '/x', { query: { q: 'a b', none: undefined } });

describe('a request', () => {
  it('carries the token and what was given', async () => {
    reply = status(200, '{"a":1}');
    expect(await asked('secret')).toEqual({ a: 1 });
    expect([seen[0]!.url, seen[0]!.headers.authorization]).toEqual(['/x?q=a+b', 'Bearer secret']);
  });

  it('carries no token where there is none', async () => {
    reply = status(200, '{"a":1}');
    await asked();
    expect(seen[0]!.headers.authorization).toBeUndefined();
  });

  it.each([
    [401, EXIT.unauthenticated], [403, EXIT.failure], [404, EXIT.notFound], [409, EXIT.failure], [429, EXIT.failure], [500, EXIT.failure], [502, EXIT.unreachable], [503, EXIT.unreachable],
  ])('that is answered with %i fails with exit code %i and the server\'s sentence', async (code, exitCode) => {
    reply = status(code, JSON.stringify({ code: 'x', detail: 'Told by the server.' }));
    await expect(asked()).rejects.toMatchObject({ exitCode, sentence: expect.stringContaining('Told by the server.') });
  });

  it.each([['no JSON', '<html>'], ['another shape', '{"b":1}']])('that is answered with %s fails', async (_what, body) => {
    reply = status(200, body);
    await expect(asked()).rejects.toMatchObject({ exitCode: EXIT.failure, sentence: expect.stringContaining('is it an ai-memory server') });
  });

  it('never follows a redirect, so that the token goes nowhere else', async () => {
    reply = status(302, '', { location: `${url}/elsewhere` });
    await expect(asked('secret')).rejects.toMatchObject({ exitCode: EXIT.failure, sentence: expect.stringContaining('/elsewhere') });
    expect(seen).toHaveLength(1);
  });

  it('ends when its time is over', async () => {
    reply = () => undefined;
    await expect(asked(undefined, 50)).rejects.toMatchObject({ exitCode: EXIT.unreachable });
  });
});

describe('a path', () => {
  it.each([['..'], ['.'], [''], ['notes', '..', 'x.md']])('that would lead elsewhere is refused: %j', (...segments) => {
    expect(() => apiPath(...segments)).toThrow('neither . nor ..');
  });

  it('can not lead elsewhere, whatever its names hold', () => {
    expect(apiPath('workspaces', '../..', 'a b', 'x?y#z')).toBe('/api/v1/workspaces/..%2F../a%20b/x%3Fy%23z');
  });
});
