import { Command } from 'commander';
import type { z } from 'zod';
import { type Cli, projectPath, type Run } from '../cli.js';
import { BegunReindexesAnswer, InstallationReindexAnswer, InstallationReindexesAnswer, ReindexesAnswer } from '../client/answers.js';
import { Failure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { counted } from '../output/counted.js';

const POLL_MS = 500;

interface Options {
  everywhere?: boolean;
  all?: boolean;
  status?: boolean;
  wait?: boolean;
}

type Reindex = z.output<typeof ReindexesAnswer>['reindexes'][number];

export function reindexCommand(run: Run): Command {
  return new Command('reindex')
    .description('Builds the search index of the project anew, from its pages and sessions. For owners. Search answers from the old one until then.')
    .option('--everywhere', 'of all projects of the organisation')
    .option('--all', 'of all organisations; for the operator of the installation')
    .option('--wait', 'until it is done, and shows how far it is')
    .option('--status', 'begins nothing; tells how far it is, and what was before')
    .action(run(async (cli, { everywhere = false, all = false, status = false, wait = false }: Options) => {
      if (everywhere && all) throw usageFailure('Pass one of --everywhere and --all');
      if (all) return reindexInstallation(cli, status, wait);
      const path = everywhere ? apiPath('reindexes') : projectPath(await cli.writeScope(), 'reindexes');
      if (status) {
        const listed = await cli.server().ask(ReindexesAnswer, path);
        return cli.out.answer(listed, () => tableOf(cli, listed.reindexes));
      }
      const begun = await cli.server().ask(BegunReindexesAnswer, path, { method: 'POST' });
      for (const each of begun.reindexes.filter(({ is_new: isNew }) => !isNew)) cli.out.note(`${nameOf(each)}: under way since ${each.requested_at.slice(0, 16)}, and not begun again`);
      const reindexes = wait ? await awaitDone(cli, path, begun.reindexes) : begun.reindexes;
      cli.out.answer({ reindexes }, () => tableOf(cli, reindexes));
    }));
}

/** Those that were begun, once all are finished. Throws where one failed. */
async function awaitDone(cli: Cli, path: string, begun: readonly Reindex[]): Promise<Reindex[]> {
  const told = new Map<string, string>();
  for (;;) {
    const { reindexes } = await cli.server().ask(ReindexesAnswer, path);
    const ours = reindexes.filter(({ reindex_id: id }) => begun.some((each) => each.reindex_id === id));
    for (const each of ours) {
      const line = progressOf(each);
      if (told.get(each.reindex_id) !== line) cli.out.note(line);
      told.set(each.reindex_id, line);
    }
    const failed = ours.find(({ phase }) => phase === 'failed');
    if (failed) throw new Failure(`${nameOf(failed)} could not be indexed anew: ${failed.failure ?? 'unknown'}`);
    if (ours.every(({ phase }) => phase === 'done')) return ours;
    await rest();
  }
}

async function reindexInstallation(cli: Cli, isStatus: boolean, isWaiting: boolean): Promise<void> {
  const path = apiPath('installation', 'reindexes');
  const begun = isStatus ? undefined : await cli.server().ask(InstallationReindexAnswer, path, { method: 'POST' });
  let left = await cli.server().ask(InstallationReindexesAnswer, path);
  for (let told = ''; isWaiting && left.waiting + left.running > 0; left = await cli.server().ask(InstallationReindexesAnswer, path)) {
    const line = `${counted(left.waiting + left.running, 'project')} left in ${counted(left.organisations, 'organisation')}; running: ${left.documents_read} of ${left.documents_total} documents`;
    if (line !== told) cli.out.note(line);
    told = line;
    await rest();
  }
  cli.out.answer({ ...begun, ...left }, () => `${begun ? `Begun for ${counted(begun.begun, 'project')}; under way already: ${begun.under_way}. ` : ''}Left: ${left.waiting + left.running}.`);
}

function progressOf(reindex: Reindex): string {
  return `${nameOf(reindex)}: ${reindex.phase}, ${reindex.documents_read} of ${reindex.documents_total ?? '?'} documents`;
}

function tableOf(cli: Cli, reindexes: readonly Reindex[]): string {
  if (reindexes.length === 0) return 'None yet.';
  return cli.out.table(['PROJECT', 'PHASE', 'READ', 'OF', 'REQUESTED', 'BY', 'FAILURE'], reindexes.map((each) => [
    nameOf(each), each.phase, String(each.documents_read), String(each.documents_total ?? ''), each.requested_at.slice(0, 16), each.requested_by ?? 'the system', each.failure ?? '',
  ]));
}

function nameOf({ scope }: Reindex): string {
  return `${scope.workspace}/${scope.project}`;
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
