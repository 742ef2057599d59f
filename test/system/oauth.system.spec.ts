import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { openChromium } from '../sign-on/chromium.js';
import { Client } from './client.js';
import { type ClientDocument, publishClientDocument } from './client-document.js';
import { Laptop } from './command-line.js';
import { auditedGuesses, inParallel, wrongGuesses } from './counted-guesses.js';
import { beginLogin } from './device-login.js';
import { answer, Browser, enterCode, newPkce, tryCode } from './oauth-browser.js';
import { agreeInChromium, enterCodeInChromium } from './oauth-chromium.js';
import { AgentMemory, OAUTH_CLIENTS } from './oauth-clients.js';
import { type Granted, OAuthFlow } from './oauth-flow.js';
import { beginDevice, DEVICE, guessCodes } from './oauth-guesses.js';
import { startProduct, type StartedProduct } from './product.js';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.js';

const API = '/api/v1';
const GUESSES = Number(process.env.OAUTH_TEST_GUESSES ?? 60);
const AUDIENCE = 'https://memory.example.com';
const WRITE = { path: 'notes/agent.md', body: 'Written by an agent.', workspace: 'default', project: 'shop' };

let root: string;
let product: StartedProduct;
let owner: Client;
let flow: OAuthFlow;
let issuer: TokenIssuer;
let chromium: Chromium;
let published: ClientDocument;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-memory-oauth-'));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
  [issuer, chromium, published] = await Promise.all([startTokenIssuer(AUDIENCE), openChromium(), publishClientDocument()]);
  product = await startProduct('standalone', join(root, 'data'), { AI_MEMORY_REQUIRE_AUTH: '1', AI_MEMORY_TRUSTED_PROXIES: '127.0.0.1', AI_MEMORY_EXTERNAL_TOKEN_ISSUER: issuer.url, AI_MEMORY_EXTERNAL_TOKEN_AUDIENCE: AUDIENCE, AI_MEMORY_PRIVATE_HOSTS: 'localhost', NODE_EXTRA_CA_CERTS: published.certPath });
  owner = new Client(product.url, product.token);
  flow = new OAuthFlow(product.url, product.token);
  for (const project of ['shop', 'secret']) await owner.send('PUT', `${API}/workspaces/default/projects/${project}`);
});
afterAll(async () => {
  await product?.stop();
  issuer?.stop();
  published?.stop();
  await chromium?.close();
  rmSync(root, { recursive: true, force: true });
});

describe('an agent', () => {
  it.each(OAUTH_CLIENTS)('of %s signs in with nothing but the address, and uses the tools as its user', async (_name, connect) => {
    const memory = new AgentMemory();
    const agent = await connect(product.url, memory, async (address) => (await agreeInChromium(chromium, address, product.token)).answer);
    expect((await agent.list()).length).toBeGreaterThan(10);
    expect(await agent.call('memory_write_page', WRITE)).not.toMatchObject({ isError: true });
    expect(memory.accessToken).toMatch(/^mem_oat_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/);
    await agent.close();
  });

  it.each(OAUTH_CLIENTS)('of %s that has published what it is needs no registration, and is named with who vouches for it', async (_name, connect) => {
    const memory = Object.assign(new AgentMemory(), { clientMetadataUrl: published.url });
    const agent = await connect(product.url, memory, async (address) => {
      const { answer: answered, asked } = await agreeInChromium(chromium, address, product.token);
      expect(asked).toContain(`A published agent (${new URL(published.url).host})`);
      return answered;
    });
    expect([(await agent.list()).length > 10, memory.clientInformation()]).toEqual([true, expect.objectContaining({ client_id: published.url })]);
    await agent.close();
  });

  it('is told by the refusal where to sign in, and what to ask for', async () => {
    const where = `resource_metadata="${product.url}/.well-known/oauth-protected-resource/mcp"`;
    const scope = 'scope="memory:read memory:write pages:write"';
    expect((await flow.mcp(undefined)).headers.get('www-authenticate')).toBe(`Bearer ${scope}, ${where}`);
    expect((await flow.mcp(`mem_oat_${'x'.repeat(36)}`)).headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", ${scope}, ${where}`);
    const { json } = await new Client(product.url, undefined).get('/.well-known/oauth-protected-resource/mcp');
    expect(json).toMatchObject({ resource: `${product.url}/mcp`, authorization_servers: [product.url] });
    const server = (await new Client(product.url, undefined).get('/.well-known/oauth-authorization-server')).json;
    expect(server).toMatchObject({ issuer: product.url, code_challenge_methods_supported: ['S256'], client_id_metadata_document_supported: true, authorization_response_iss_parameter_supported: true });
  });

  it('that was granted to read is told by a 403 what else it needs', async () => {
    const { access } = await flow.tokens({ scope: 'memory:read' });
    expect((await flow.mcp(access, 'tools/call', { name: 'memory_recent', arguments: { workspace: 'default', project: 'shop' } })).status).toBe(200);
    const refused = await flow.mcp(access, 'tools/call', { name: 'memory_write_page', arguments: WRITE });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([403, expect.stringContaining('error="insufficient_scope", scope="memory:read pages:write"')]);
  });

  it('sees the projects that its user ticked and no others', async () => {
    const { json } = await owner.get<{ projects: { project: string; project_id: string }[] }>(`${API}/projects`);
    const { access } = await flow.tokens({}, [json.projects.find(({ project }) => project === 'shop')!.project_id]);
    const read = (project: string) => flow.mcp(access, 'tools/call', { name: 'memory_recent', arguments: { workspace: 'default', project } });
    expect((await read('shop')).text).not.toContain('"isError":true');
    expect((await read('secret')).text).toMatch(/not-found|-32602|There is no such project/);
  });

  it('gets nothing where its user says no, and where nobody is signed in', async () => {
    const { clientId } = await flow.register();
    const denied = await answer(new Browser(product.url), flow.authorizeUrl(clientId, newPkce()), product.token, 'deny');
    expect(new URL(denied.location!).searchParams.get('error')).toBe('access_denied');
    const stranger = await answer(new Browser(product.url), flow.authorizeUrl(clientId, newPkce()), 'mem_pat_wrong', 'allow');
    expect([stranger.status, stranger.location]).toEqual([401, null]);
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }], ['a plain challenge', { code_challenge_method: 'plain' }], ['the resource of another server', { resource: 'https://elsewhere.example/mcp' }],
    ['another response type', { response_type: 'token' }],
  ])('with %s is not even asked about', async (_what, more) => {
    const { clientId } = await flow.register();
    const { location } = await new Browser(product.url).open(flow.authorizeUrl(clientId, newPkce(), more));
    expect(location).toMatch(/^http:\/\/localhost:3118\/callback[?#].*error=/);
  });

  it.each([['a redirect that it did not register', { redirect_uri: 'https://evil.example/callback' }], ['another path on loopback', { redirect_uri: 'http://localhost:3118/other' }], ['the id of nobody', { client_id: 'nobody' }]])('with %s is told so on a page of ours, and led nowhere', async (_what, more) => {
    const { clientId } = await flow.register();
    const { status, location } = await new Browser(product.url).open(flow.authorizeUrl(clientId, newPkce(), more));
    expect([status, location]).toEqual([400, null]);
  });

  it.each([
    ['used twice', async (granted: Granted) => (await flow.exchange(granted), flow.exchange(granted))], ['with another verifier', (granted: Granted) => flow.exchange({ ...granted, pkce: newPkce() })],
    ['of another client', async (granted: Granted) => flow.exchange({ ...granted, clientId: (await flow.register()).clientId })], ['for another redirect', (granted: Granted) => flow.exchange(granted, { redirect_uri: 'http://localhost:3118/other' })],
    ['for another resource', (granted: Granted) => flow.exchange(granted, { resource: 'https://elsewhere.example/mcp' })], ['that was made up', (granted: Granted) => flow.exchange({ ...granted, code: randomBytes(32).toString('base64url') })],
  ])('gets no token by a code %s', async (_what, redeem) => {
    const { status, json } = await redeem(await flow.agreedCode());
    expect([status, json.error, json.access_token]).toEqual([400, expect.stringMatching(/^invalid_(grant|target)$/), undefined]);
  });

  it('whose code is used twice loses what the first use brought', async () => {
    const granted = await flow.agreedCode();
    const { json } = await flow.exchange(granted);
    await flow.exchange(granted);
    await eventually(async () => expect((await flow.mcp(String(json.access_token))).status).toBe(401));
  });

  it('refreshes, and each refresh token is good for one use: a second one ends the connection', async () => {
    const { access, refresh: first, clientId } = await flow.tokens();
    const second = (await flow.refresh(clientId, first)).json;
    expect((await flow.mcp(String(second.access_token))).status).toBe(200);
    expect((await flow.refresh(clientId, first)).status).toBe(400);
    expect((await flow.refresh(clientId, String(second.refresh_token))).status).toBe(400);
    await eventually(async () => expect([(await flow.mcp(access)).status, (await flow.mcp(String(second.access_token))).status]).toEqual([401, 401]));
  });

  it('of two refreshes at once wins one', async () => {
    const { refresh: token, clientId } = await flow.tokens();
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => flow.refresh(clientId, token)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it('can do nothing with its token but MCP', async () => {
    const { access } = await flow.tokens({ scope: 'memory:read admin:*' });
    const agent = new Client(product.url, access);
    for (const path of [`${API}/projects`, '/identity', '/git/default/shop.git/info/refs?service=git-upload-pack', '/handoff?agent=codex&cwd=/x']) expect((await agent.get(path)).status, path).toBe(401);
  });

  it('is refused once its user revokes it', async () => {
    const { access, clientId, refresh: token } = await flow.tokens();
    expect((await flow.mcp(access)).status).toBe(200);
    const { json } = await owner.get<{ connections: { connection_id: string; client_name: string; kind: string }[] }>(`${API}/connections`);
    expect(json.connections[0]).toMatchObject({ client_name: 'Agent <b>', kind: 'agent', scopes: ['memory:read', 'memory:write', 'pages:write'] });
    expect((await owner.send('DELETE', `${API}/connections/${json.connections[0]!.connection_id}`)).status).toBe(200);
    expect([(await flow.mcp(access)).status, (await flow.refresh(clientId, token)).status]).toEqual([401, 400]);
    expect((await owner.send('DELETE', `${API}/connections/${json.connections[0]!.connection_id}`)).status).toBe(404);
  });

  it('is neither seen nor revoked by another person', async () => {
    const { access } = await flow.tokens();
    const { json: list } = await owner.get<{ connections: { connection_id: string }[] }>(`${API}/connections`);
    const { json: made } = await owner.post<{ user: { user_id: string } }>(`${API}/users`, { name: `ada-${randomBytes(4).toString('hex')}`, email: 'ada@example.com', role: 'admin' });
    const { json: token } = await owner.post<{ token: { token: string } }>(`${API}/tokens`, { name: 'laptop', user_id: made.user.user_id });
    const ada = new Client(product.url, token.token.token);
    expect((await ada.get<{ connections: unknown[] }>(`${API}/connections`)).json.connections).toEqual([]);
    expect((await ada.send('DELETE', `${API}/connections/${list.connections[0]!.connection_id}`)).status).toBe(404);
    expect((await flow.mcp(access)).status).toBe(200);
  });

  it('leaves its tokens and codes in no log and no metric', async () => {
    const { access, refresh: token } = await flow.tokens();
    const { code } = await flow.agreedCode();
    const told = (await owner.get('/metrics')).text + product.output();
    for (const secret of [access, token, code]) expect(told).not.toContain(secret);
  });

  it.each([['a redirect to plain http elsewhere', { redirect_uris: ['http://evil.example/cb'] }], ['a script as redirect', { redirect_uris: ['javascript:alert(1)'] }], ['no redirect', { redirect_uris: [] }]])('is not registered with %s', async (_what, more) => {
    expect((await flow.register(more)).status).toBe(400);
  });

  it.each(['https://127.0.0.1/client.json', 'https://169.254.169.254/client.json', 'https://ip6-localhost/client.json', 'https://[::1]/client.json', 'http://example.com/client.json'])('is not looked up at %s', async (clientId) => {
    const { status, location } = await new Browser(product.url).open(flow.authorizeUrl(clientId, newPkce()));
    expect([status, location]).toEqual([400, null]);
  });
});

describe('a machine', () => {
  it('signs in by a code that is entered in any browser, reports and reads, and nothing else; logout ends it', async () => {
    const laptop = new Laptop();
    const { code, ended } = beginLogin(laptop, product.url);
    expect(await enterCodeInChromium(chromium, product.url, await code, product.token)).toContain('A device asks for access');
    expect(await ended).toMatchObject({ status: 0, stdout: expect.stringContaining('as owner of default') });
    const tokenPath = join(laptop.homeDir, '.ai-memory', 'token');
    const token = (await readFile(tokenPath, 'utf8')).trim();
    expect([token, (await stat(tokenPath)).mode & 0o777]).toEqual([expect.stringMatching(/^mem_dev_/), 0o600]);
    const machine = new Client(product.url, token);
    expect((await machine.get(`${API}/projects`)).status).toBe(200);
    expect((await machine.post('/hook?agent=codex&event=SessionStart', { session_id: 's1', cwd: '/home/dev/shop' })).status).toBe(202);
    for (const [method, path, body] of [['PUT', `${API}/workspaces/default/projects/shop/pages/notes/x.md`, { title: 'X', body: 'x' }], ['GET', `${API}/users`, undefined], ['GET', `${API}/audit`, undefined]] as const) {
      expect((await machine.send(method, path, body)).status, path).toBe(403);
    }
    expect((await laptop.run(['connections', 'list'])).stdout).toMatch(/device +memory:read ingest:write/);
    expect((await laptop.run(['logout'])).stdout).toContain('revoked and forgotten');
    await eventually(async () => expect((await machine.get(`${API}/projects`)).status).toBe(401));
  });

  it('that asks too often is slowed down, and gets nothing before a person agrees', async () => {
    const { json } = await flow.post('/oauth/device/authorize', { client_id: 'ai-memory-cli', scope: 'memory:read' });
    expect(json).toMatchObject({ interval: 5, expires_in: 600, user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/) });
    expect(json.verification_uri_complete).toBeUndefined();
    const poll = () => flow.post('/oauth/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: 'ai-memory-cli', device_code: String(json.device_code) });
    expect([(await poll()).json.error, (await poll()).json.error]).toEqual(['authorization_pending', 'slow_down']);
  });

  it('never gets to run the organisation', async () => {
    const { json } = await flow.post('/oauth/device/authorize', { client_id: 'ai-memory-cli', scope: 'memory:read admin:*' });
    const browser = new Browser(product.url);
    await enterCode(browser, String(json.user_code), product.token);
    const { json: token } = await flow.post('/oauth/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: 'ai-memory-cli', device_code: String(json.device_code) });
    expect(token.scope).toBe('memory:read');
  });

  it('has a code that nobody guesses: five wrong ones, and an address is heard no more', async () => {
    const browser = new Browser(product.url);
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess++) statuses.push((await tryCode(browser, `BCDF-GHJ${'BCDFGHJ'[guess]}`)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
    expect((await owner.get('/metrics')).text).toMatch(/oauth_refusals_total\{error="too_many_requests"/);
  });
});

describe('a token of another issuer', () => {
  const as = async (claims: Record<string, unknown>): Promise<Client> => new Client(product.url, await issuer.sign(claims));

  it('is one of a person of ours, who is made when they first come with it', async () => {
    const ada = await as({ sub: 'ada-1', preferred_username: 'ada lovelace' });
    expect((await ada.get('/identity')).json).toMatchObject({ operator: 'ada lovelace', organisation: 'default', level: 'user' });
    expect((await flow.mcp(ada.token)).status).toBe(200);
    expect((await (await as({ sub: 'ada-1', name: 'another name' })).get('/identity')).json).toMatchObject({ operator: 'ada lovelace' });
    expect((await ada.get(`${API}/users`)).status).toBe(403);
  });

  it('may be used for what it names', async () => {
    const reader = await as({ sub: 'ada-1', scope: 'memory:read' });
    expect((await reader.get(`${API}/projects`)).status).toBe(200);
    expect((await reader.send('PUT', `${API}/workspaces/default/projects/shop/pages/notes/ada.md`, { title: 'Ada', body: 'x' })).status).toBe(403);
  });

  it('is known by the keys that the issuer publishes now', async () => {
    const old = await as({ sub: 'ada-1', jti: 'before' });
    await issuer.rotate();
    await eventually(async () => expect((await (await as({ sub: 'ada-1', jti: randomBytes(4).toString('hex') })).get('/identity')).status).toBe(200));
    expect((await old.get('/identity')).status).toBe(401);
  });

  it.each([['for another audience', { aud: 'https://elsewhere.example' }], ['that has ended', { exp: Math.floor(Date.now() / 1_000) - 120 }], ['of another issuer', { iss: 'https://elsewhere.example' }]])('%s is refused', async (_what, claims) => {
    expect((await (await as({ sub: 'ada-1', ...claims })).get('/identity')).status).toBe(401);
  });
});

describe('guesses from many addresses', () => {
  const addressOf = (guess: number): string => `10.${guess >> 16}.${(guess >> 8) & 255}.${guess & 255}`;

  it('at user codes, device codes, authorization codes and refresh tokens get nowhere, and are counted', async () => {
    const { clientId } = await flow.agreedCode();
    const outcomes = new Set<string>();
    let waiting = await beginDevice(flow);
    await inParallel(GUESSES, 8, async (each) => {
      (await guessCodes(flow, clientId, addressOf(each))).forEach((outcome) => outcomes.add(outcome));
      // A device waits for ten minutes; long runs take longer.
      if (each % 200 === 0) waiting = await beginDevice(flow, addressOf(each));
    });
    expect([...outcomes].sort()).toEqual(['invalid_grant', 'unknown code']);
    const metrics = (await owner.get('/metrics')).text;
    expect((await flow.post('/oauth/token', { ...DEVICE, device_code: waiting })).json.error).toBe('authorization_pending');
    expect([wrongGuesses(metrics, 'grant') >= 3 * GUESSES, wrongGuesses(metrics, 'user-code') >= GUESSES]).toEqual([true, true]);
    await eventually(async () => expect((await auditedGuesses(owner)).guesses).toBeGreaterThanOrEqual(Math.min(4 * GUESSES, 240)), 30_000);
  }, 60_000 + GUESSES * 400);
});
