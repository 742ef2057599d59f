import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { DiffAnswer } from '../client/answers.js';

export function diffCommand(run: Run): Command {
  return new Command('diff')
    .description('Shows what the last change of a page was, or what changed between two commits.')
    .argument('<path>', 'for instance decisions/use-postgres.md')
    .option('--from <commit>', 'else the version before')
    .option('--to <commit>', 'else the last change')
    .action(run(async (cli, path: string, { from, to }: { from?: string; to?: string }) => {
      const answer = await cli.server().ask(DiffAnswer, projectPath(await cli.readScope(), 'diff', ...path.split('/')), { query: { from, to } });
      if (answer.cut) cli.out.note('The diff is longer than the server shows.');
      cli.out.answer(answer, () => cli.out.foreign(answer.diff));
    }));
}
