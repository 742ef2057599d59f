import { mcpUrl, SECRET_MODE, SERVER_NAME } from './mcp-file.js';
import { tomlFile } from './toml-file.js';
import type { Token, WiredFile } from './wiring.js';

const TABLE = `mcp_servers.${SERVER_NAME}`;

/** A TOML file in which our server is a table among others. */
export function mcpTable(path: string, tokenLine: (token: Token) => string): WiredFile {
  return tomlFile({
    path,
    purpose: 'mcp',
    mode: SECRET_MODE,
    body: (settings) => `[${TABLE}]\nurl = ${JSON.stringify(mcpUrl(settings))}\n${settings.token ? `${tokenLine(settings.token)}\n` : ''}`,
    isOurs: (header) => header === TABLE || header.startsWith(`${TABLE}.`),
    conflictWith: ({ mcp_servers: servers }) =>
      typeof servers === 'object' && SERVER_NAME in servers ? `it has a table [${TABLE}] already: remove that first` : undefined,
  });
}
