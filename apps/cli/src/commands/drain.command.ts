import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { ClientHome } from '../client/client-home.js';
import { connectionOf } from '../client/connection.js';
import { EXIT, type ExitCode, Failure } from '../client/failure.js';
import { ServerClient } from '../client/server-client.js';
import { Progress } from '../output/progress.js';
import { type Drained, drainSpool } from '../spool/drain-spool.js';
import { serverHomesOf } from '../spool/spool-paths.js';

/** So long may the storing of a batch take. */
const TIMEOUT_MS = 60_000;

type DrainedHome = Drained & { server_url: string };

export function drainCommand(run: Run): Command {
  return new Command('drain')
    .description('Sends what the hooks have put by, now: each server gets what was meant for it.')
    .action(run(async (cli) => {
      const homes: DrainedHome[] = [];
      for (const path of serverHomesOf(cli.home.path)) homes.push(await drain(cli, new ClientHome(path)));
      cli.out.answer({ homes }, () => homes.map(describe).join('\n'));
      const stuck = homes.find(({ left, status }) => left > 0 && status !== undefined);
      if (stuck) throw new Failure(`${stuck.server_url} takes no events: ${reasonOf(stuck.status!)}. They stay here until it does`, exitCodeOf(stuck.status!));
    }));
}

/** Only to the server that the home is for: neither options nor environment lead events elsewhere. */
async function drain(cli: Cli, home: ClientHome): Promise<DrainedHome> {
  const { serverUrl, token } = connectionOf(home, {});
  const progress = new Progress(cli.world.stderr, 'sending');
  const drained = await drainSpool({
    home: home.path, server: new ServerClient(serverUrl, token, TIMEOUT_MS), now: cli.world.now, random: Math.random, onProgress: (done, total) => progress.show(done, total),
  }).finally(() => progress.end());
  return { server_url: serverUrl, ...drained };
}

function describe({ server_url: url, sent, dropped, left }: DrainedHome): string {
  const given = Object.entries(dropped).map(([reason, events]) => `, ${events} given up (${reason})`).join('');
  return `${url}: ${sent} sent${given}, ${left} left`;
}

function reasonOf(status: number): string {
  if (status === 0) return 'it is not reachable';
  return status === 401 ? 'it wants a valid token (ai-memory login)' : `it answers with status ${status}`;
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401) return EXIT.unauthenticated;
  return status === 0 || status >= 500 ? EXIT.unreachable : EXIT.failure;
}
