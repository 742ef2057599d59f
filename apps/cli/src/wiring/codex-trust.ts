import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Codex starts slowly where it has never been started. */
const TIMEOUT_MS = 15_000;

const Hook = z.object({ key: z.string(), command: z.string().nullish(), currentHash: z.string().nullish(), trustStatus: z.string(), isManaged: z.boolean().optional() });
const HookList = z.object({ data: z.array(z.object({ hooks: z.array(Hook) })) });

/** A hook as Codex sees it: it runs only those that somebody has trusted, and passes over the others in silence. */
export type CodexHook = z.output<typeof Hook>;

export function isTrusted({ trustStatus, isManaged }: CodexHook): boolean {
  return isManaged === true || trustStatus === 'trusted';
}

/** The hooks that run in a folder, of those that `isOurs` knows by their command. Throws where this Codex can't be asked. */
export function readCodexHooks(program: string, cwd: string, isOurs: (command: string) => boolean): Promise<CodexHook[]> {
  return withServer(program, cwd, (ask) => list(ask, cwd, isOurs));
}

/** Trusts those of our hooks that are not trusted, as its `/hooks` dialogue does, and gives how they are then. */
export function trustCodexHooks(program: string, cwd: string, isOurs: (command: string) => boolean): Promise<CodexHook[]> {
  return withServer(program, cwd, async (ask) => {
    const untrusted = (await list(ask, cwd, isOurs)).filter((hook) => !isTrusted(hook) && hook.currentHash);
    const value = Object.fromEntries(untrusted.map(({ key, currentHash }) => [key, { trusted_hash: currentHash }]));
    if (untrusted.length > 0) await ask('config/batchWrite', { edits: [{ keyPath: 'hooks.state', mergeStrategy: 'upsert', value }], reloadUserConfig: true });
    return list(ask, cwd, isOurs);
  });
}

type Ask = (method: string, params: unknown) => Promise<unknown>;

async function list(ask: Ask, cwd: string, isOurs: (command: string) => boolean): Promise<CodexHook[]> {
  const { data } = HookList.parse(await ask('hooks/list', { cwds: [cwd] }));
  return data.flatMap(({ hooks }) => hooks).filter(({ command }) => command && isOurs(command));
}

/** Codex's own interface for editors, over its stdin and stdout. Ended afterwards, whatever happened. */
async function withServer<T>(program: string, cwd: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const child = spawn(program, ['app-server', '--listen', 'stdio://'], { cwd, stdio: 'pipe', timeout: TIMEOUT_MS });
  try {
    const ask = asker(child);
    await ask('initialize', { clientInfo: { name: 'ai-memory', title: 'ai-memory', version: '1' } });
    child.stdin.write(`${JSON.stringify({ method: 'initialized' })}\n`);
    return await work(ask);
  } finally {
    child.kill();
  }
}

function asker(child: ChildProcessWithoutNullStreams): Ask {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const ended = Promise.withResolvers<never>();
  // Looked at only together with an answer that is waited for.
  ended.promise.catch(() => undefined);
  const end = (why: string): void => ended.reject(new Error(why));
  child.stderr.resume();
  child.stdin.on('error', () => end('Codex has ended'));
  child.on('error', () => end('Codex could not be started'));
  child.on('close', () => end('Codex has ended'));
  createInterface({ input: child.stdout }).on('line', (line) => settle(waiting, line));
  let id = 0;
  return (method, params) => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(++id, answer);
    child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    return Promise.race([answer.promise, ended.promise]);
  };
}

function settle(waiting: Map<number, PromiseWithResolvers<unknown>>, line: string): void {
  const { id, result, error } = (JSON.parse(line.startsWith('{') ? line : '{}') ?? {}) as { id?: number; result?: unknown; error?: { message?: string } };
  const answer = id === undefined ? undefined : waiting.get(id);
  if (error) answer?.reject(new Error(error.message ?? 'Codex refused'));
  else answer?.resolve(result);
}
