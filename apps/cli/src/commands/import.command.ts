import { resolve } from 'node:path';
import { Command } from 'commander';
import type { z } from 'zod';
import { projectPath, type Run } from '../cli.js';
import { importSource } from '../archive/import-source.js';
import { EnsuredAnswer, ImportedAnswer } from '../client/answers.js';
import { Failure } from '../client/failure.js';

/** As long as the server may take for it. */
const TIMEOUT_MS = 150_000;

interface Options {
  dryRun?: boolean;
  skipRefused?: boolean;
}

export function importCommand(run: Run): Command {
  return new Command('import')
    .description('Takes the pages of a folder or a .tar.gz file into a project, in one commit. What else the project has stays.')
    .argument('<source>', "what `ai-memory export` has made, any folder of Markdown files, or the reference system's wiki folder")
    .option('--dry-run', 'changes nothing, and tells what would become of it')
    .option('--skip-refused', 'takes in the rest where files are refused; else nothing changes (all or nothing)')
    .action(run(async (cli, source: string, { dryRun = false, skipRefused = false }: Options) => {
      const scope = await cli.writeScope();
      const body = await importSource(resolve(cli.world.cwd, source));
      const server = cli.server(TIMEOUT_MS);
      // A dry run changes nothing: where there is no project yet, it says so.
      if (!dryRun) await server.ask(EnsuredAnswer, projectPath(scope), { method: 'PUT' });
      const answer = await server.ask(ImportedAnswer, projectPath(scope, 'import'), { method: 'POST', query: { dry_run: String(dryRun), partial: String(skipRefused) }, body });
      for (const { path, reason } of answer.refused) cli.out.note(`refused: ${path} ${reason}`);
      cli.out.answer(answer, () => describe(answer));
      if (answer.outcome === 'refused') throw new Failure(`Nothing was imported, since ${answer.refused_count} of the files are refused: mend or remove them, or pass --skip-refused`);
    }));
}

function describe({ outcome, added, changed, unchanged, refused_count: refused, commit }: z.output<typeof ImportedAnswer>): string {
  const counts = `${added} new, ${changed} changed, ${unchanged} as they were, ${refused} refused`;
  if (outcome === 'refused') return '';
  if (outcome === 'dry_run') return `Would be: ${counts}`;
  return commit === null ? `Nothing to import: ${counts}` : `Imported in ${commit.slice(0, 12)}: ${counts}`;
}
