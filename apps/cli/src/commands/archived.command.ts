import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { ArchivedAnswer } from '../client/answers.js';

export function archivedCommand(run: Run): Command {
  return new Command('archived')
    .description('Lists pages that were archived because nobody read them. `ai-memory restore <path>` brings one back.')
    .action(run(async (cli) => {
      const answer = await cli.server().ask(ArchivedAnswer, projectPath(await cli.readScope(), 'archived'));
      cli.out.answer(answer, () => (answer.pages.length > 0 ? cli.out.table(['PAGE', 'ARCHIVED'], answer.pages.map((page) => [page.path, page.archived_at])) : 'Nothing is archived.'));
    }));
}
