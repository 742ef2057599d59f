import type { ClientHome } from '../client/client-home.js';
import { connectionOf } from '../client/connection.js';
import { EXIT, type ExitCode, Failure } from '../client/failure.js';
import { ServerClient } from '../client/server-client.js';
import { Progress } from '../output/progress.js';
import type { World } from '../world.js';
import { type Drained, drainSpool } from './drain-spool.js';

/** So long may the storing of a batch take. */
const TIMEOUT_MS = 60_000;

export type DrainedHome = Drained & { server_url: string };

/** Sends what waits in a home's spool, and only to the server that the home is for: neither options nor environment lead events elsewhere. */
export async function drainHome(world: World, home: ClientHome): Promise<DrainedHome> {
  const { serverUrl, token } = connectionOf(home, {});
  const progress = new Progress(world.stderr, 'sending');
  const drained = await drainSpool({
    home: home.path, server: new ServerClient(serverUrl, token, TIMEOUT_MS), now: world.now, random: Math.random, onProgress: (done, total) => progress.show(done, total),
  }).finally(() => progress.end());
  return { server_url: serverUrl, ...drained };
}

/** Throws where events are left since the server does not take them. */
export function refuseStuck({ server_url: url, left, status }: DrainedHome): void {
  if (left > 0 && status !== undefined) throw new Failure(`${url} takes no events: ${reasonOf(status)}. They stay here until it does`, exitCodeOf(status));
}

function reasonOf(status: number): string {
  if (status === 0) return 'it is not reachable';
  return status === 401 ? 'it wants a valid token (ai-memory login)' : `it answers with status ${status}`;
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401) return EXIT.unauthenticated;
  return status === 0 || status >= 500 ? EXIT.unreachable : EXIT.failure;
}
