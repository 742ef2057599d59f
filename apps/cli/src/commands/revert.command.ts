import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { RevertedAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';

interface Options {
  session?: string;
  user?: string;
  dryRun?: boolean;
}

export function revertCommand(run: Run): Command {
  return new Command('revert')
    .description('Takes back everything that a session or a user wrote in a project, and keeps what others changed since.')
    .option('--session <id>', 'as `ai-memory sessions` lists it')
    .option('--user <id>', 'as the server lists it')
    .option('--dry-run', 'only tells what would become of which page')
    .action(run(async (cli, { session, user, dryRun = false }: Options) => {
      if ((session === undefined) === (user === undefined)) throw usageFailure('Pass exactly one of --session and --user');
      const body = { session_id: session, user_id: user, dry_run: dryRun };
      const answer = await cli.server().ask(RevertedAnswer, projectPath(await cli.writeScope(), 'revert'), { method: 'POST', body });
      if (answer.has_more) cli.out.note('There are more pages: run it again.');
      cli.out.answer(answer, () => (answer.pages.length > 0 ? cli.out.table(['PAGE', dryRun ? 'WOULD BE' : 'IS'], answer.pages.map(({ path, outcome }) => [path, outcome])) : 'There is nothing to take back.'));
    }));
}
