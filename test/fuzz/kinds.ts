import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { valueFor, withKnown } from './from-schema.js';
import { type Shot, urlText } from './shot.js';
import { mutated, wildText, wildValue } from './wild.js';
import type { Operation, World } from './world.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const MCP_TYPE = { ...JSON_TYPE, accept: 'application/json, text/event-stream' };
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const bearer = ({ token }: World): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** These end what the others need: the caller's own access, or everybody's project. */
const SPARED = /\/(erasures|organisations|purges|sign-on-settings|token-policy)|^DELETE \/api\/v1\/(tokens|users)/;

const MARKDOWN = ['---\ntitle: [a\n---\n', '# H\n', '[[notes/a|b]]', '```js\n', '| a | b |\n|--|--|\n', '<!-- ', '- [ ] x\n', '[#1]', '![x](http://a.example/i.png)'];
const QUERY_NAME = fc.constantFrom('organisation', 'return_to', 'code', 'state', 'iss', 'error', 'token', 'client_id', 'redirect_uri', 'response_type', 'scope', 'resource', 'code_challenge', 'user_code', 'agent', 'session_id', 'cwd', 'workspace', 'project', 'identity', 'service', 'filter', 'startIndex', 'count', 'excludedAttributes');
/** Right as they stand. */
const BODIES = {
  'POST /search': { q: 'leases', limit: 10 },
  'PUT /workspaces/fuzz/projects/wild/pages/notes/z.md': { title: 'Z', body: '---\ntags: [a]\n---\n# Z\n\n[[notes/a]]\n', tags: ['a'] },
  'POST /groups': { name: 'team' },
  'POST /service-accounts': { name: 'robot', role: 'viewer' },
  'PUT /workspaces/fuzz/projects/wild/settings': { visibility: 'open' },
};

/** Of each kind of public input, requests from nearly right to hardly one. */
export const KINDS: Readonly<Record<string, (world: World) => fc.Arbitrary<Shot>>> = {
  'payloads of hooks': (world) => hook(world, fc.oneof(mutated(world.payloads), fc.dictionary(fc.constantFrom('session_id', 'prompt', 'tool_name', 'tool_input', 'tool_response', 'cwd', 'transcript_path', 'hook_event_name', 'occurred_at'), wildValue).map(bytesOf))),
  'batches of hooks': (world) => fc.oneof(mutated([batchOf(world)]), fc.array(fc.record({ url: wildText, body: wildValue }), { maxLength: 5 }).map(bytesOf)).map((body) => ({ method: 'POST', path: '/hook/batch', headers: { ...bearer(world), ...JSON_TYPE }, body })),
  'routes of REST': (world) => fc.constantFrom(...world.operations.filter(({ method, path }) => !SPARED.test(`${method} ${path}`))).chain((operation) => rest(world, operation)),
  'bodies of REST, by bytes': (world) => fc.constantFrom(...Object.entries(BODIES)).chain(([route, body]) => mutated([bytesOf(body)]).map((bytes) => {
    const [method, path] = route.split(' ') as [string, string];
    return { method, path: `/api/v1${path}`, headers: { ...bearer(world), ...JSON_TYPE }, body: bytes };
  })),
  'tools of MCP': (world) => fc.constantFrom(...world.tools).chain(({ name, inputSchema }) => valueFor(inputSchema, {}, world.known).map((args) => mcp(world, bytesOf({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } })))),
  'messages of MCP': (world) => fc.oneof(
    mutated([bytesOf({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } }), bytesOf({ jsonrpc: '2.0', id: 'a', method: 'tools/call', params: { name: 'memory_query', arguments: { query: 'leases' }, _meta: { progressToken: 1 } } }), bytesOf([{ jsonrpc: '2.0', method: 'ping', id: 2 }])]),
    fc.record({ jsonrpc: fc.constantFrom<unknown>('2.0', '2.0', '2.0', '1.0', 2), id: fc.oneof(fc.constantFrom<unknown>(1, 'a', 0), wildValue), method: fc.oneof(fc.constantFrom('initialize', 'tools/list', 'tools/call', 'resources/read', 'prompts/get', 'notifications/cancelled', 'server/discover', 'subscriptions/listen', 'ping'), wildText), params: fc.oneof(wildValue, fc.record({ name: fc.oneof(fc.constant('memory_query'), wildText), arguments: fc.oneof(fc.constant({ query: 'leases' }), wildValue), uri: wildValue, cursor: wildValue, protocolVersion: fc.oneof(fc.constant('2025-11-25'), wildValue), _meta: wildValue }, { requiredKeys: [] })) }).map(bytesOf),
  ).map((body) => mcp(world, body)),
  'paths of pages': (world) => fc.tuple(fc.constantFrom('GET', 'PUT', 'DELETE'), fc.constantFrom('pages', 'history', 'blame', 'related', 'edit'), wildText, fc.string({ maxLength: 30 })).map(([method, route, path, body]) => ({
    method, path: urlText(`/api/v1/workspaces/fuzz/projects/wild/${route}/${path}`).slice(0, 14_000), headers: { ...bearer(world), ...JSON_TYPE }, body: method === 'PUT' ? bytesOf({ body }) : undefined,
  })),
  'pages': (world) => fc.tuple(fc.array(fc.oneof(wildText, fc.constantFrom(...MARKDOWN)), { maxLength: 12 }), fc.option(wildText, { freq: 3 }), fc.option(fc.array(wildText, { maxLength: 3 }), { freq: 8 })).map(([parts, title, tags]) => ({
    method: 'PUT', path: '/api/v1/workspaces/fuzz/projects/wild/pages/notes/wild.md', headers: { ...bearer(world), ...JSON_TYPE }, body: bytesOf({ body: parts.join('').toWellFormed().replaceAll('\0', ''), title: title ?? 'Wild', ...(tags ? { tags } : {}) }),
  })),
  'queries and cursors': (world) => fc.tuple(fc.constantFrom('/api/v1/search', '/api/v1/sessions', '/api/v1/audit', '/api/v1/workspaces/fuzz/projects/wild/pages', '/api/v1/workspaces/fuzz/projects/wild/sessions'), fc.dictionary(fc.constantFrom('q', 'cursor', 'limit', 'offset', 'since', 'kinds', 'scopes', 'as_of', 'explain', 'filter'), wildText, { maxKeys: 4 })).map(([path, query]) => ({
    method: 'GET', path: urlText(`${path}?${Object.entries(query).map(([name, value]) => `${name}=${encodeWild(value)}`).join('&')}`).slice(0, 14_000), headers: bearer(world),
  })),
  'archives': (world) => fc.oneof(mutated([world.archive]), mutated([gunzipSync(world.archive)]).map((tar) => gzipSync(tar))).map((body) => ({ method: 'POST', path: '/api/v1/workspaces/fuzz/projects/wild/import?dry_run=true', headers: { ...bearer(world), 'content-type': 'application/gzip' }, body })),
  'git': (world) => fc.tuple(fc.constantFrom('git-upload-pack', 'git-receive-pack'), mutated([
    Buffer.from('0014command=ls-refs\n0001000csymrefs\n0000'), Buffer.from(`0098${'0'.repeat(40)} ${'1'.repeat(40)} refs/heads/main\0report-status side-band-64k agent=git/2.39.5 object-format=sha1\n0000PACK\0\0\0\x02\0\0\0\0`), Buffer.from(`0032want ${'a'.repeat(40)}\n00000009done\n`),
  ])).map(([service, body]) => ({ method: 'POST', path: `/git/fuzz/wild.git/${service}`, headers: { authorization: `Basic ${Buffer.from(`any:${world.token}`).toString('base64')}`, 'content-type': `application/x-${service}-request`, 'git-protocol': 'version=2' }, body })),
  'directories (SCIM)': (world) => fc.tuple(fc.constantFrom('POST /Users', 'PATCH /Users/x', 'PUT /Groups/x', 'POST /Groups', 'PATCH /Groups/x'), fc.oneof(wildValue, fc.record({ schemas: wildValue, userName: wildValue, displayName: wildValue, emails: wildValue, active: wildValue, Operations: fc.array(fc.record({ op: fc.constantFrom('add', 'replace', 'remove', 'x'), path: wildText, value: wildValue }), { maxLength: 3 }) }, { requiredKeys: [] }))).map(([route, value]) => {
    const [method, path] = route.split(' ') as [string, string];
    return { method, path: `/scim/v2${path}`, headers: { ...bearer(world), 'content-type': 'application/scim+json' }, body: bytesOf(value) };
  }),
  'forms of sign-on and OAuth': () => fc.tuple(fc.constantFrom('/auth/invitation', '/oauth/token', '/oauth/register', '/oauth/device', '/oauth/revoke', '/oauth/authorize', '/auth/callback', '/auth/logout'), fc.dictionary(fc.constantFrom('grant_type', 'client_id', 'code', 'redirect_uri', 'state', 'return_to', 'user_code', 'organisation', 'refresh_token', 'scope', 'resource'), wildText, { maxKeys: 5 })).map(([path, fields]) => ({
    method: 'POST', path, headers: FORM_TYPE, body: Object.entries(fields).map(([name, value]) => `${name}=${encodeWild(value)}`).join('&'),
  })),
  'queries of other doors': (world) => fc.tuple(fc.constantFrom('/auth/sign-in', '/auth/login', '/auth/callback', '/auth/invitation', '/oauth/authorize', '/oauth/interaction/*', '/oauth/device', '/account', '/identity', '/handoff', '/scim/v2/Users', '/scim/v2/Groups', '/git/fuzz/*.git/info/refs', '/git/*/wild.git/info/refs', '/assets/*', '/w/*'), wildText, fc.dictionary(QUERY_NAME, wildText, { maxKeys: 5 })).map(([path, part, query]) => ({
    method: 'GET', path: urlText(`${path.replace('*', () => encodeWild(part))}?${Object.entries(query).map(([name, value]) => `${name}=${encodeWild(value)}`).join('&')}`).slice(0, 14_000), headers: bearer(world),
  })),
  'tokens, cookies and headers': (world) => fc.tuple(fc.constantFrom('authorization', 'cookie', 'traceparent', 'idempotency-key', 'if-match', 'if-none-match', 'accept', 'accept-encoding', 'x-forwarded-for', 'mcp-protocol-version', 'origin', 'range'), wildText).map(([name, value]) => ({
    method: 'GET', path: '/api/v1/status', headers: { ...bearer(world), [name]: `${name === 'authorization' ? 'Bearer ' : name === 'cookie' ? 'ai-memory-sid=' : ''}${value}`.replace(/[^\t -~]/g, '?').slice(0, 8_000) },
  })),
};

/** What is on the wire of a request, changed by bytes. */
export function requests(world: World): fc.Arbitrary<Buffer> {
  const seeds = ['GET /api/v1/status HTTP/1.1\r\nhost: 127.0.0.1\r\n', 'POST /hook?event=Stop&agent=codex HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n'];
  return mutated(seeds.map((seed, index) => Buffer.from(`${seed}authorization: Bearer ${world.token}\r\nconnection: close\r\n\r\n${index === 0 ? '' : '1c\r\n{"session_id":"s","a":"wire"}\r\n0\r\n\r\n'}`)));
}

function hook(world: World, body: fc.Arbitrary<Buffer>): fc.Arbitrary<Shot> {
  const query = fc.tuple(fc.oneof(fc.constantFrom('UserPromptSubmit', 'PostToolUse', 'SessionStart', 'SessionEnd', 'Stop', 'PreCompact'), wildText), fc.oneof(fc.constantFrom('claude-code', 'codex', 'gemini-cli', 'cursor', 'opencode'), wildText), fc.option(wildText, { freq: 4 }));
  return fc.tuple(query, body).map(([[event, agent, cwd], bytes]) => ({ method: 'POST', path: urlText(`/hook?event=${encodeWild(event)}&agent=${encodeWild(agent)}&workspace=fuzz&project=wild${cwd === null ? '' : `&cwd=${encodeWild(cwd)}`}`), headers: { ...bearer(world), ...JSON_TYPE }, body: bytes }));
}

function rest(world: World, { method, path, parameters, body, mediaType }: Operation): fc.Arbitrary<Shot> {
  const values = Object.fromEntries(parameters.map(({ name, required, schema }) => [name, required ? withKnown(name, valueFor(schema, world.schemas, world.known), world.known) : fc.option(withKnown(name, valueFor(schema, world.schemas, world.known), world.known), { nil: undefined })]));
  const content: fc.Arbitrary<Buffer | undefined> = mediaType ? mutated([world.archive]) : body ? valueFor(body, world.schemas, world.known).map(lettingOthersWrite).map(bytesOf) : fc.constant(undefined);
  return fc.tuple(fc.record(values), content).map(([given, bytes]) => {
    const of = (place: string): [string, string][] => parameters.filter((parameter) => parameter.in === place && given[parameter.name] !== undefined).map(({ name }) => [name, text(given[name])]);
    const filled = of('path').reduce((url, [name, value]) => url.replace(`{${name}}`, () => (name === 'path' ? value : encodeWild(value))), path);
    const query = of('query').map(([name, value]) => `${name}=${encodeWild(value)}`).join('&');
    const headers = Object.fromEntries(of('header').map(([name, value]) => [name, value.replace(/[^\t -~]/g, '?').slice(0, 2_000)]));
    return { method, path: urlText(query ? `${filled}?${query}` : filled).slice(0, 14_000), headers: { ...bearer(world), 'content-type': mediaType ?? 'application/json', ...headers }, body: bytes };
  });
}

/** A webhook that has to decide, at an address where nobody does, would keep all others from writing. */
function lettingOthersWrite(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'on_failure' in body && body.on_failure === 'closed' ? { ...body, on_failure: 'open' } : body;
}

function mcp(world: World, body: Buffer): Shot {
  return { method: 'POST', path: '/mcp?toolset=full', headers: { ...bearer(world), ...MCP_TYPE }, body };
}

function batchOf({ payloads }: World): Buffer {
  return bytesOf(payloads.slice(0, 5).map((payload) => ({ url: '/hook?event=PostToolUse&agent=claude-code&workspace=fuzz&project=wild', body: JSON.parse(payload.toString()) as unknown })));
}

/** Half a surrogate pair goes over the wire as JSON says it. */
function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? '', 'utf8');
}

/** As an address carries it, also what is no text. */
function encodeWild(value: string): string {
  return encodeURIComponent(value.toWellFormed()).slice(0, 6_000).replace(/%[0-9A-F]?$/, '');
}
