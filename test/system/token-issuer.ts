import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface TokenIssuer {
  readonly url: string;
  /** A token for five minutes, with these claims besides or instead. */
  sign(claims: Record<string, unknown>): Promise<string>;
  /** Signs with another key from now on, and publishes that alone. */
  rotate(): Promise<void>;
  stop(): void;
}

/** Another authorization server: what it publishes, and tokens that it signs. */
export async function startTokenIssuer(audience: string): Promise<TokenIssuer> {
  let [kid, published] = [0, [] as JWK[]];
  let pair = await generateKeyPair('ES256');
  const rotate = async (): Promise<void> => {
    pair = await generateKeyPair('ES256');
    published = [{ ...(await exportJWK(pair.publicKey)), kid: String(++kid), alg: 'ES256' }];
  };
  await rotate();
  let url = '';
  const server = createServer((request, response) => {
    const answer = request.url === '/.well-known/openid-configuration' ? { issuer: url, jwks_uri: `${url}/jwks` } : { keys: published };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    rotate,
    sign: (claims) => new SignJWT({ iss: url, aud: audience, exp: Math.floor(Date.now() / 1_000) + 300, ...claims }).setProtectedHeader({ alg: 'ES256', kid: String(kid) }).sign(pair.privateKey),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
