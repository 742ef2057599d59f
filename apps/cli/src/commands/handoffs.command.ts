import { Command, Option } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { HandoffsAnswer } from '../client/answers.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

export function handoffsCommand(run: Run): Command {
  return new Command('handoffs')
    .description('Lists what sessions have left for the next; claims none.')
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'accepted', 'expired']).default('open'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'goes on after the answer before')
    .action(run(async (cli, { state, ...page }: { state: string; limit: number; cursor?: string }) => {
      const answer = await cli.server().ask(HandoffsAnswer, projectPath(await cli.readScope(), 'handoffs'), { query: { state, ...page } });
      const rows = answer.handoffs.map((each) => [ageOf(each.created_at, cli.world.now()), each.from_agent, each.owner.name, each.state, each.summary]);
      const more = answer.next_cursor ? `\nThere are more: --cursor ${answer.next_cursor}` : '';
      cli.out.answer(answer, () => (rows.length > 0 ? `${cli.out.table(['AGE', 'FROM', 'OWNER', 'STATE', 'SUMMARY'], rows)}${more}` : `There is no ${state} handoff.`));
    }));
}
