import { Client as NewClient, StreamableHTTPClientTransport as NewTransport, UnauthorizedError as NewUnauthorized } from '@modelcontextprotocol/client';
import { UnauthorizedError as OldUnauthorized } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { ListedTool, Result } from './mcp-speakers.js';

export const REDIRECT = 'http://localhost:3118/callback';

/** What an agent remembers between two starts, and where it leads its user's browser. */
export class AgentMemory {
  redirectUrl = REDIRECT;
  clientMetadata = { client_name: 'A test agent', redirect_uris: [REDIRECT], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none' };
  private readonly kept = new Map<string, unknown>();
  asked: URL | undefined;

  clientInformation = (): never => this.kept.get('client') as never;
  saveClientInformation = (value: unknown): void => void this.kept.set('client', value);
  tokens = (): never => this.kept.get('tokens') as never;
  saveTokens = (value: unknown): void => void this.kept.set('tokens', value);
  codeVerifier = (): string => this.kept.get('verifier') as string;
  saveCodeVerifier = (value: string): void => void this.kept.set('verifier', value);
  redirectToAuthorization = (url: URL): void => void (this.asked = url);
  saveDiscoveryState = (value: unknown): void => void this.kept.set('discovery', value);
  discoveryState = (): never => this.kept.get('discovery') as never;

  get accessToken(): string {
    return (this.kept.get('tokens') as { access_token: string }).access_token;
  }
}

export interface SignedIn {
  list(): Promise<ListedTool[]>;
  call(name: string, args: object): Promise<Result>;
  close(): Promise<void>;
}

type Connect = (url: string, memory: AgentMemory, browse: (address: URL) => Promise<URL>) => Promise<SignedIn>;

interface Sdk {
  client(): { connect(transport: never): Promise<void>; listTools(): Promise<unknown>; callTool(call: never): Promise<unknown>; close(): Promise<void> };
  transport(url: URL, options: object): { finishAuth(answer: never): Promise<void> };
  /** The second SDK takes the whole answer, so that it can check who gave it. */
  answer(url: URL): unknown;
  isUnauthorized(error: unknown): boolean;
}

/** Signs in as an agent does: tries, is refused, leads the browser, comes back with what the browser brought. */
function connecting(sdk: Sdk): Connect {
  return async (url, memory, browse) => {
    const transport = () => sdk.transport(new URL(`${url}/mcp`), { authProvider: memory });
    const first = transport();
    try {
      await sdk.client().connect(first as never);
      throw new Error('Nobody asked for a sign-in');
    } catch (error) {
      if (!sdk.isUnauthorized(error)) throw error;
    }
    await first.finishAuth(sdk.answer(await browse(memory.asked!)) as never);
    const client = sdk.client();
    await client.connect(transport() as never);
    return {
      list: async () => ((await client.listTools()) as { tools: ListedTool[] }).tools,
      call: async (name, args) => (await client.callTool({ name, arguments: args } as never)) as Result,
      close: () => client.close(),
    };
  };
}

export const OAUTH_CLIENTS: readonly (readonly [name: string, connect: Connect])[] = [
  ['the first SDK', connecting({
    client: () => new OldClient({ name: 'spec', version: '1' }), transport: (url, options) => new OldTransport(url, options), answer: (url) => url.searchParams.get('code'), isUnauthorized: (error) => error instanceof OldUnauthorized,
  })],
  ['the second SDK', connecting({
    client: () => new NewClient({ name: 'spec', version: '1' }, { versionNegotiation: { mode: 'auto' } }) as never, transport: (url, options) => new NewTransport(url, options) as never, answer: (url) => url.searchParams,
    isUnauthorized: (error) => error instanceof NewUnauthorized,
  })],
];
