import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REDIRECT } from './oauth-clients.js';
import { selfSigned } from './self-signed.js';

export interface ClientDocument {
  /** Its address, by which the client is known. */
  readonly url: string;
  /** Of a file with the certificate, for whoever is to trust it. */
  readonly certPath: string;
  stop(): void;
}

/** A client's metadata document over TLS on this machine, as its maker would publish it. */
export async function publishClientDocument(): Promise<ClientDocument> {
  const pair = selfSigned('localhost');
  const certPath = join(mkdtempSync(join(tmpdir(), 'ai-memory-cert-')), 'cert.pem');
  writeFileSync(certPath, pair.cert);
  let url = '';
  const server = createServer(pair, (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
    client_id: url, client_name: 'A published agent', redirect_uris: [REDIRECT], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none',
  })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/agent.json`;
  return { url, certPath, stop: () => void server.close() };
}
