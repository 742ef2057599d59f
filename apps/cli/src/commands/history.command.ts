import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { HistoryAnswer } from '../client/answers.js';
import { wholeNumber } from '../input/whole-number.js';

export function historyCommand(run: Run): Command {
  return new Command('history')
    .description('Lists the commits that changed a page, newest first.')
    .argument('<path>', 'for instance decisions/use-postgres.md')
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 200), 20)
    .action(run(async (cli, path: string, { limit }: { limit: number }) => {
      const answer = await cli.server().ask(HistoryAnswer, projectPath(await cli.readScope(), 'history', ...path.split('/')), { query: { limit } });
      const rows = answer.revisions.map((each) => [each.commit.slice(0, 12), each.committed_at, each.author, each.change, cli.out.foreign(each.message.split('\n')[0]!)]);
      cli.out.answer(answer, () => cli.out.table(['COMMIT', 'AT', 'AUTHOR', 'CHANGE', 'MESSAGE'], rows));
    }));
}
