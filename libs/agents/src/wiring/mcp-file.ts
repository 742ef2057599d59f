import { jsonFile } from './json-file.js';
import type { JsonValue } from './json/document.js';
import type { Companion } from './json/insert.js';
import { type Token, type WiredFile, WiringRefused, type WiringSettings } from './wiring.js';

/** What agents call our server. One name for all: some take in the servers of others, and know them by it. */
export const SERVER_NAME = 'ai-memory';

/** A file that may hold a token is its owner's alone. */
export const SECRET_MODE = 0o600;

export function mcpUrl(settings: WiringSettings): string {
  return `${settings.serverUrl}/mcp`;
}

interface McpFile {
  readonly path: string;
  /** Names from the root to the object of servers. */
  readonly servers?: readonly string[];
  /** The server's entry, without its headers. */
  readonly entry: (settings: WiringSettings) => { readonly [name: string]: JsonValue };
  /** How the agent spells the value of a variable in a header. */
  readonly variable?: (name: string) => string;
  /** The member that holds the name of the token's variable, for agents that have one. */
  readonly tokenVariable?: string;
  readonly companion?: Companion & { readonly isRequired: boolean };
}

/** A JSON file in which our server stands among others, by name. */
export function mcpFile({ path, servers = ['mcpServers'], entry, companion, ...spellings }: McpFile): WiredFile {
  return jsonFile({
    path,
    purpose: 'mcp',
    mode: SECRET_MODE,
    entries: (settings) => [{ path: servers, name: SERVER_NAME, value: { ...entry(settings), ...authorization(settings.token, spellings) } }],
    places: [{ path: [...servers, SERVER_NAME] }],
    ...(companion && { companion }),
  });
}

function authorization(token: Token | null, { variable, tokenVariable }: Pick<McpFile, 'variable' | 'tokenVariable'>): { readonly [name: string]: JsonValue } {
  if (token === null) return {};
  if ('literal' in token) return { headers: { Authorization: `Bearer ${token.literal}` } };
  if (tokenVariable) return { [tokenVariable]: token.variable };
  if (variable) return { headers: { Authorization: `Bearer ${variable(token.variable)}` } };
  throw new WiringRefused('the agent reads no environment variables in it: it needs the token itself');
}
