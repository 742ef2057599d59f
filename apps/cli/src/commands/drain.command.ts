import { Command } from 'commander';
import type { Run } from '../cli.js';
import { ClientHome } from '../client/client-home.js';
import { type DrainedHome, drainHome, refuseStuck } from '../spool/drain-home.js';
import { serverHomesOf } from '../spool/spool-paths.js';

export function drainCommand(run: Run): Command {
  return new Command('drain')
    .description('Sends what the hooks have put by, now: each server gets what was meant for it.')
    .action(run(async (cli) => {
      const homes: DrainedHome[] = [];
      for (const path of serverHomesOf(cli.home.path)) homes.push(await drainHome(cli.world, new ClientHome(path)));
      cli.out.answer({ homes }, () => homes.map(describe).join('\n'));
      homes.forEach(refuseStuck);
    }));
}

function describe({ server_url: url, sent, dropped, left }: DrainedHome): string {
  const given = Object.entries(dropped).map(([reason, events]) => `, ${events} given up (${reason})`).join('');
  return `${url}: ${sent} sent${given}, ${left} left`;
}
