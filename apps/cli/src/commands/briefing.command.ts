import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { BriefingAnswer } from '../client/answers.js';
import { wholeNumber } from '../input/whole-number.js';

export function briefingCommand(run: Run): Command {
  return new Command('briefing')
    .description('Prints what an agent is told of the project: rules, pinned pages, open handoffs, recent pages.')
    .option('--max-chars <count>', 'at most so many characters, about four to a token', wholeNumber(1_500, 20_000), 4_000)
    .action(run(async (cli, { maxChars }: { maxChars: number }) => {
      const answer = await cli.server().ask(BriefingAnswer, projectPath(await cli.readScope(), 'briefing'), { query: { max_chars: maxChars } });
      cli.out.answer(answer, () => cli.out.foreign(answer.markdown));
    }));
}
