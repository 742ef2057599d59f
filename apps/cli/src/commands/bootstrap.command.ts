import { Command } from 'commander';
import type { z } from 'zod';
import { materialOf } from '../bootstrap/material.js';
import { projectPath, type Run } from '../cli.js';
import { BootstrapAnswer, EnsuredAnswer } from '../client/answers.js';

/** As long as the server may take for it. */
const TIMEOUT_MS = 60_000;

export function bootstrapCommand(run: Run): Command {
  return new Command('bootstrap')
    .description('Makes the first pages of a project from what this checkout has committed: readme, documents, manifests, decision records, git log.')
    .option('--dry-run', 'changes nothing, and prints the pages as they would be')
    .addHelpText('after', '\nRun again, it keeps its pages up. Pages that somebody has edited, pinned or deleted stay as they are.')
    .action(run(async (cli, { dryRun = false }: { dryRun?: boolean }) => {
      const scope = await cli.writeScope();
      const material = await materialOf(cli.world.cwd, scope.project);
      cli.out.note(`read ${material.files.length} files and ${material.commits.length} commits`);
      const server = cli.server(TIMEOUT_MS);
      if (!dryRun) await server.ask(EnsuredAnswer, projectPath(scope), { method: 'PUT' });
      const answer = await server.ask(BootstrapAnswer, projectPath(scope, 'bootstrap'), { method: 'POST', body: { material, dry_run: dryRun } });
      cli.out.answer(answer, () => (dryRun ? answer.pages.map(pageText).join('\n') : cli.out.table(['PAGE', 'IS'], answer.pages.map(({ path, outcome }) => [path, outcome]))));
    }));
}

function pageText({ path, outcome, body = '' }: z.output<typeof BootstrapAnswer>['pages'][number]): string {
  return `==> ${path} (would be ${outcome})\n\n${body}`;
}
