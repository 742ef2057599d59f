import type { CliConfig } from '../cli.config.js';
import type { ClientHome } from './client-home.js';
import { usageFailure } from './failure.js';
import { DEFAULT_SERVER_URL, normaliseServerUrl } from './server-url.js';

/** Which server to speak to, and with which token. */
export interface Connection {
  serverUrl: string;
  /** Undefined for a local server that asks for none. */
  token: string | undefined;
  /** Where the token is from; `withheld` is a stored one that belongs to another server. */
  tokenFrom: 'environment' | 'file' | 'nowhere' | 'withheld';
}

/**
 * The server that was named (option, then environment, then `config.toml`), and its token. A stored token is sent to the
 * stored server alone; one in the environment goes wherever the same command is pointed.
 */
export function connectionOf(home: ClientHome, config: CliConfig, named?: string): Connection {
  const stored = serverUrl(home.readConfig().server_url ?? DEFAULT_SERVER_URL, `server_url in ${home.configPath}`);
  const chosen = named === undefined ? config.AI_MEMORY_SERVER_URL && serverUrl(config.AI_MEMORY_SERVER_URL, 'AI_MEMORY_SERVER_URL') : serverUrl(named, '--server-url');
  const url = chosen ?? stored;
  if (config.AI_MEMORY_AUTH_TOKEN) return { serverUrl: url, token: config.AI_MEMORY_AUTH_TOKEN, tokenFrom: 'environment' };
  const token = home.readToken();
  if (token === undefined) return { serverUrl: url, token, tokenFrom: 'nowhere' };
  const isItsServer = new URL(url).origin === new URL(stored).origin;
  return isItsServer ? { serverUrl: url, token, tokenFrom: 'file' } : { serverUrl: url, token: undefined, tokenFrom: 'withheld' };
}

function serverUrl(text: string, where: string): string {
  const url = normaliseServerUrl(text);
  if (!url) throw usageFailure(`${where} is no address of a server: it looks like https://memory.example.com, without user, query or fragment`);
  return url;
}
