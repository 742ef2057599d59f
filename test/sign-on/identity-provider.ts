import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT, decodeJwt } from 'jose';
import Provider from 'oidc-provider';

export interface Person {
  email?: string;
  email_verified?: boolean;
  name?: string;
  preferred_username?: string;
  groups?: string[];
}

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By subject: whoever is in here can log in there by that name. */
  people: Map<string, Person>;
  /** What the next ID tokens say besides, or instead; null leaves them as they are. */
  tamper: ((claims: JWTPayload) => JWTPayload) | null;
  /** Signs with new keys from now on, and publishes those alone. */
  rotateKeys(): Promise<void>;
  /** Signs with a key that it does not publish. */
  signWithForeignKey(): Promise<void>;
  stop(): void;
}

/** A real OpenID provider on loopback, with a login page of one field and no consent to give. */
export async function startProvider(origins: readonly string[]): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  let [published, signing] = [await newKey(), undefined as JWK | undefined];
  const test: TestProvider = {
    issuer, clientId: 'ai-memory', clientSecret: randomUUID(), people, tamper: null,
    rotateKeys: async () => {
      [published, signing] = [await newKey(), undefined];
      open();
    },
    signWithForeignKey: async () => void (signing = await newKey()),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const open = (): void => void (handle = providerOf(test, published, origins, () => signing ?? published));
  open();
  return test;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

function providerOf(test: TestProvider, key: JWK, origins: readonly string[], signingKey: () => JWK): (request: IncomingMessage, response: ServerResponse) => void {
  const provider = new Provider(test.issuer, {
    clients: [{
      client_id: test.clientId, client_secret: test.clientSecret, grant_types: ['authorization_code'], response_types: ['code'],
      redirect_uris: origins.map((origin) => `${origin}/auth/callback`), post_logout_redirect_uris: origins.map((origin) => `${origin}/auth/sign-in`),
    }],
    jwks: { keys: [key] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'groups'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, accountId: string) => (test.people.has(accountId) ? { accountId, claims: () => ({ sub: accountId, ...test.people.get(accountId) }) } : undefined),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
  });
  provider.use((context: TokenContext, next: () => Promise<void>) => tampered(test, context, next, signingKey()));
  const answer = provider.callback();
  return (request, response) => (request.url!.startsWith('/interaction/') ? void logIn(provider, request, response) : void answer(request, response));
}

interface TokenContext { oidc?: { route?: string }; body?: { id_token?: string } }

async function tampered(test: TestProvider, context: TokenContext, next: () => Promise<void>, key: JWK): Promise<void> {
  await next();
  const idToken = context.oidc?.route === 'token' ? context.body?.id_token : undefined;
  if (!idToken) return;
  const claims = test.tamper ? test.tamper(decodeJwt(idToken)) : decodeJwt(idToken);
  context.body!.id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(await importJWK(key, 'RS256'));
}

/** A page with one field; whoever is known by that name is logged in. */
async function logIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Test provider</title><form method="post"><input name="login" aria-label="Login"><button>Log in</button></form>');
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const login = new URLSearchParams(Buffer.concat(chunks).toString()).get('login') ?? '';
  await provider.interactionFinished(request, response, login === 'refuse' ? { error: 'access_denied' } : { login: { accountId: login } }, { mergeWithLastSubmission: false });
}
