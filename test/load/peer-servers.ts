import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '#libs/embedded';

/** Something that takes in what a tool call told. */
export interface Peer {
  name: string;
  pid: number;
  /** Resolves once it says that it has it. */
  take(sessionId: string, payload: ToolCall): Promise<void>;
  stop(): Promise<void>;
}

export interface ToolCall {
  tool_name: string;
  tool_input: unknown;
  tool_response: unknown;
}

const CLAUDE_MEM = 'claude-mem@13.25.3';
/** What its script runs on, and all that it needs of npm. */
const CLAUDE_MEM_NEEDS = ['@oven/bun-linux-x64@1.4.5', 'zod@4.6.7'];
const SERVER_MEMORY = '@modelcontextprotocol/server-memory@2026.8.31';
const INSTALL_MS_MAX = 300_000;
const START_MS_MAX = 60_000;

/** claude-mem's worker: an HTTP server on SQLite that queues each tool call for a language model; there is none here, so that the queue is all it does. */
export async function startClaudeMem(folder: string): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  install(folder, ...CLAUDE_MEM_NEEDS);
  // Its dependencies are of another server.
  const archive = npm(folder, 'pack', '--silent', CLAUDE_MEM).trim();
  execFileSync('tar', ['xzf', archive], { cwd: folder });
  const port = await freePort();
  const env = { PATH: process.env.PATH, HOME: folder, CLAUDE_MEM_DATA_DIR: join(folder, 'data'), CLAUDE_MEM_WORKER_PORT: String(port), CLAUDE_MEM_CHROMA_ENABLED: 'false', CLAUDE_MEM_TELEMETRY: '0', DO_NOT_TRACK: '1' };
  const child = spawn(join(folder, 'node_modules', '@oven', 'bun-linux-x64', 'bin', 'bun'), [join(folder, 'package', 'plugin', 'scripts', 'worker-service.cjs')], { env, stdio: 'ignore' });
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`claude-mem answered with ${answer.status} ${text.slice(0, 200)}`);
  };
  const known = new Map<string, Promise<void>>();
  const begin = (sessionId: string): Promise<void> => known.get(sessionId) ?? known.set(sessionId, post('/api/sessions/init', { contentSessionId: sessionId, project: 'shop', prompt: 'Work on the shop' })).get(sessionId)!;
  await eventuallyReady(async () => begin('first').catch(async (error: unknown) => {
    known.clear();
    throw error;
  }));
  return {
    name: CLAUDE_MEM, pid: child.pid!,
    take: async (sessionId, call) => {
      await begin(sessionId);
      await post('/api/sessions/observations', { contentSessionId: sessionId, cwd: '/home/dev/shop', ...call });
    },
    stop: () => ended(child),
  };
}

/** The protocol's own memory server: a graph in a file that is written anew with each observation, over standard input and output. */
export async function startServerMemory(folder: string): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  install(folder, SERVER_MEMORY);
  const script = join(folder, 'node_modules', '@modelcontextprotocol', 'server-memory', 'dist', 'index.js');
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH, MEMORY_FILE_PATH: join(folder, 'memory.jsonl') }, stdio: ['pipe', 'pipe', 'ignore'] }) as unknown as ChildProcessWithoutNullStreams;
  const call = requester(child);
  await call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } });
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  await call('tools/call', { name: 'create_entities', arguments: { entities: [{ name: 'shop', entityType: 'project', observations: [] }] } });
  return {
    name: SERVER_MEMORY, pid: child.pid!,
    take: async (_sessionId, payload) => void (await call('tools/call', { name: 'add_observations', arguments: { observations: [{ entityName: 'shop', contents: [JSON.stringify(payload)] }] } })),
    stop: () => ended(child),
  };
}

function requester(child: ChildProcessWithoutNullStreams): (method: string, params: object) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: { isError?: boolean }; error?: { message: string } };
    if (error || result?.isError) waiting.get(id)?.reject(new Error(error?.message ?? JSON.stringify(result)));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let last = 0;
  return (method, params) => {
    const settle = Promise.withResolvers<unknown>();
    waiting.set((last += 1), settle);
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    return settle.promise;
  };
}

function install(folder: string, ...names: string[]): void {
  npm(folder, 'install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', ...names);
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: INSTALL_MS_MAX });
}

async function eventuallyReady(attempt: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + START_MS_MAX; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

function ended(child: { kill(): boolean; once(event: 'exit', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}
