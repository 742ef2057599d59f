import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client as NewClient, StreamableHTTPClientTransport as NewTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Client } from './client.js';

/** The protocol's newest revision. */
export const NEWEST = '2026-07-28';
const INSPECTOR = fileURLToPath(new URL('../../node_modules/.bin/mcp-inspector', import.meta.url));
const INSPECTOR_TIMEOUT_MS = 60_000;

export interface ListedTool {
  name: string;
  outputSchema?: object;
}
export interface Result {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent: Record<string, unknown>;
}
export type Call = (name: string, args: object) => Promise<Result>;

/** A program that speaks MCP, as the tests use it. */
export interface Speaker {
  list(): Promise<ListedTool[]>;
  call: Call;
  close(): Promise<void>;
}

/** Both SDKs refuse structured content that disagrees with the schema that was listed. */
function fromSdk(client: OldClient | NewClient): Speaker {
  const { listTools, callTool, close } = client as unknown as { listTools(): Promise<{ tools: ListedTool[] }>; callTool(call: object): Promise<Result>; close(): Promise<void> };
  return {
    list: async () => (await listTools.call(client)).tools,
    call: (name, args) => callTool.call(client, { name, arguments: args }),
    close: () => close.call(client),
  };
}

const requestOf = ({ url, token }: Client) => [new URL(`${url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${token}` } } }] as const;

async function oldSdk(owner: Client): Promise<Speaker> {
  const client = new OldClient({ name: 'spec', version: '1' });
  await client.connect(new OldTransport(...requestOf(owner)));
  return fromSdk(client);
}

function newSdk(mode: 'legacy' | 'auto' | { pin: string }): (owner: Client) => Promise<Speaker> {
  return async (owner) => {
    const client = new NewClient({ name: 'spec', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new NewTransport(...requestOf(owner)));
    return fromSdk(client);
  };
}

async function inspector({ url, token }: Client): Promise<Speaker> {
  const home = mkdtempSync(join(tmpdir(), 'ai-memory-inspector-'));
  const ask = async (...args: string[]): Promise<unknown> => {
    const command = [INSPECTOR, '--cli', `${url}/mcp`, '--header', `Authorization: Bearer ${token}`, '--format', 'json', '--quiet', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env: { ...process.env, HOME: home }, timeout: INSPECTOR_TIMEOUT_MS });
    return (JSON.parse(stdout) as { result: unknown }).result;
  };
  return {
    list: async () => ((await ask('--method', 'tools/list')) as { tools: ListedTool[] }).tools,
    call: async (name, args) => (await ask('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args))) as Result,
    close: async () => rmSync(home, { recursive: true, force: true }),
  };
}

/** The programs by which agents and people reach `/mcp`. */
export const SPEAKERS = [
  ['the first SDK', oldSdk], ['the second SDK, as before', newSdk('legacy')], ['the second SDK, by its own choice', newSdk('auto')],
  [`the second SDK in revision ${NEWEST}`, newSdk({ pin: NEWEST })], ['the Inspector', inspector],
] as const;
