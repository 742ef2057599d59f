import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { WrittenAnswer } from '../client/answers.js';

export function restoreCommand(run: Run): Command {
  return new Command('restore')
    .description('Writes a page as it was in a commit, also one that is deleted or archived. The project is named by option or marker.')
    .argument('<path>', 'for instance decisions/use-postgres.md')
    .option('--commit <commit>', 'as `ai-memory history --json` names it, all 40 digits; without it the last that had the page')
    .action(run(async (cli, path: string, { commit }: { commit?: string }) => {
      const written = await cli.server().ask(WrittenAnswer, projectPath(await cli.writeScope(), 'restore', ...path.split('/')), { method: 'POST', body: { commit } });
      cli.out.answer(written, () => `${written.path}: ${written.outcome}${written.commit ? ` in ${written.commit.slice(0, 12)}` : ''}`);
    }));
}
