import { Command } from 'commander';
import type { z } from 'zod';
import { type Cli, projectPath, type Run } from '../cli.js';
import { PurgeAnswer, PurgesAnswer } from '../client/answers.js';
import { Failure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { confirm } from '../input/prompt.js';

const POLL_MS = 500;
const WAIT_MS_MAX = 120_000;

interface Options {
  page?: string;
  session?: string;
  dryRun?: boolean;
  yes?: boolean;
}

type Purge = z.output<typeof PurgeAnswer>;

export function purgeCommand(run: Run): Command {
  return new Command('purge')
    .description('Makes a page, or all that a session left, gone for good, history and all. For owners. Clones must be taken anew.')
    .option('--page <path>', 'of a project that is named by option or marker')
    .option('--session <id>', 'as `ai-memory sessions` lists it')
    .option('--dry-run', 'only tells what would go')
    .option('--yes', 'asks nothing')
    .action(run(async (cli, { page, session, dryRun = false, yes = false }: Options) => {
      if ((page === undefined) === (session === undefined)) throw usageFailure('Pass exactly one of --page and --session');
      const path = page === undefined ? apiPath('sessions', session!) : projectPath(await cli.writeScope(), 'history', ...page.split('/'));
      const purge = (isDryRun: boolean): Promise<Purge> => cli.server().ask(PurgeAnswer, path, { method: 'DELETE', query: { dry_run: isDryRun ? 1 : 0 } });
      if (!dryRun && !yes && !(await isAgreed(cli, await purge(true)))) throw new Failure('Nothing was purged');
      const purged = await purge(dryRun);
      if (purged.purge_id !== null) await awaitDone(cli, purged.purge_id);
      cli.out.answer(purged, () => `${listed(cli, purged, dryRun)}\n${dryRun ? 'Nothing was purged.' : 'Purged. Take clones of the project anew; backups still have it.'}`);
    }));
}

async function isAgreed(cli: Cli, purge: Purge): Promise<boolean> {
  if (!cli.world.stdin.isTTY) throw usageFailure('Pass --yes, or --dry-run to see what would go');
  cli.out.note(listed(cli, purge, true));
  return confirm(cli.world, 'Purge this for good?', false);
}

function listed(cli: Cli, purge: Purge, isDryRun: boolean): string {
  const counts = (['versions', 'observations', 'documents', 'handoffs', 'jobs', 'feedback'] as const).map((name) => `${purge[name]} ${name}`).join(', ');
  const pages = purge.pages.length > 0 ? cli.out.table(['PAGE', isDryRun ? 'WOULD BE' : 'IS'], purge.pages.map(({ path, outcome }) => [path, outcome])) : 'No page.';
  const also = purge.also_in.length > 0 ? `\nThe same text stays in: ${purge.also_in.join(', ')}` : '';
  return `${pages}\n${counts}${also}`;
}

async function awaitDone(cli: Cli, purgeId: string): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS_MAX; ; ) {
    const { purges } = await cli.server().ask(PurgesAnswer, apiPath('purges'));
    const purge = purges.find((each) => each.purge_id === purgeId);
    if (!purge || purge.done) return;
    if (Date.now() > deadline) throw new Failure(`The purge is begun and not done yet; still waiting for: ${purge.waiting_for.join(', ')}. It goes on by itself.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
