import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { WrittenAnswer } from '../client/answers.js';
import { notFoundFailure } from '../client/failure.js';

export function deletePageCommand(run: Run): Command {
  return new Command('delete-page')
    .description('Deletes a page of a project that is named by option or marker. Its history stays.')
    .requiredOption('--path <path>', 'for instance decisions/use-postgres.md')
    .action(run(async (cli, { path }: { path: string }) => {
      const scope = await cli.writeScope();
      const deleted = await cli.server().ask(WrittenAnswer, projectPath(scope, 'pages', ...path.split('/')), { method: 'DELETE' });
      if (deleted.outcome === 'absent') throw notFoundFailure(`There is no page ${path} in ${scope.workspace}/${scope.project}`);
      cli.out.answer(deleted, () => `${deleted.path}: deleted${deleted.commit ? ` in ${deleted.commit.slice(0, 12)}` : ''}`);
    }));
}
