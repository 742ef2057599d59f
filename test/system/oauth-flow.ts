import { Client } from './client.js';
import { answer, Browser, newPkce, type Pkce } from './oauth-browser.js';
import { REDIRECT } from './oauth-clients.js';

export interface Answer {
  status: number;
  json: Record<string, unknown>;
}

export interface Granted {
  clientId: string;
  code: string;
  pkce: Pkce;
}

export interface Tokens {
  clientId: string;
  access: string;
  refresh: string;
}

/** The requests of a sign-in one by one, so that each can be sent wrong. */
export class OAuthFlow {
  private client: Promise<{ clientId: string }> | undefined;

  constructor(readonly url: string, private readonly token: string) {}

  /** As if it came from `address`, which a proxy says that is believed. */
  async post(path: string, form: Record<string, string>, address = '127.0.0.1'): Promise<Answer> {
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address }, body: new URLSearchParams(form).toString() });
    return { status: response.status, json: await response.json().catch(() => ({})) as Record<string, unknown> };
  }

  async register(more: object = {}): Promise<Answer & { clientId: string }> {
    const { status, json } = await new Client(this.url, undefined).post('/oauth/register', { client_name: 'Agent <b>', redirect_uris: [REDIRECT], ...more });
    return { status, json, clientId: String(json.client_id) };
  }

  authorizeUrl(clientId: string, { challenge }: Pkce, more: Record<string, string | undefined> = {}): string {
    const asked = { response_type: 'code', client_id: clientId, redirect_uri: REDIRECT, code_challenge: challenge, code_challenge_method: 'S256', state: 'xyz', resource: `${this.url}/mcp`, ...more };
    return `/oauth/authorize?${new URLSearchParams(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()}`;
  }

  /** A code that a person agreed to, not yet exchanged. */
  async agreedCode(more: Record<string, string> = {}, projects: readonly string[] = []): Promise<Granted> {
    const { clientId } = await (this.client ??= this.register());
    const pkce = newPkce();
    const { location } = await answer(new Browser(this.url), this.authorizeUrl(clientId, pkce, more), this.token, 'allow', projects);
    return { clientId, pkce, code: new URL(location!).searchParams.get('code')! };
  }

  exchange({ clientId, code, pkce }: Granted, more: Record<string, string> = {}): Promise<Answer> {
    return this.post('/oauth/token', { grant_type: 'authorization_code', client_id: clientId, code, redirect_uri: REDIRECT, code_verifier: pkce.verifier, resource: `${this.url}/mcp`, ...more });
  }

  async tokens(more: Record<string, string> = {}, projects: readonly string[] = []): Promise<Tokens> {
    const granted = await this.agreedCode(more, projects);
    const { status, json } = await this.exchange(granted);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
    return { access: String(json.access_token), refresh: String(json.refresh_token), clientId: granted.clientId };
  }

  refresh(clientId: string, token: string): Promise<Answer> {
    return this.post('/oauth/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: token });
  }

  mcp(token: string | undefined, method = 'tools/list', params: object = {}): Promise<{ status: number; headers: Headers; text: string }> {
    return new Client(this.url, token).post('/mcp', { jsonrpc: '2.0', id: 1, method, params }, { accept: 'application/json, text/event-stream' });
  }
}
