import { Argument, Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { FeedbackAnswer } from '../client/answers.js';

export function feedbackCommand(run: Run): Command {
  return new Command('feedback')
    .description('Says of a page as it is now whether it helped, is stale or wrong.')
    .argument('<path>', 'for instance decisions/use-postgres.md')
    .addArgument(new Argument('<signal>', 'what it is').choices(['helpful', 'not_helpful', 'stale', 'wrong']))
    .option('--reason <text>', 'why, at most 500 characters')
    .action(run(async (cli, path: string, signal: string, { reason }: { reason?: string }) => {
      const answer = await cli.server().ask(FeedbackAnswer, projectPath(await cli.writeScope(), 'feedback', ...path.split('/')), { method: 'POST', body: { signal, reason } });
      const said = Object.entries(answer.feedback.counts).filter(([, count]) => count > 0).map(([each, count]) => `${count} ${each}`);
      cli.out.answer(answer, () => `${answer.feedback.path}: ${said.join(', ')}`);
    }));
}
