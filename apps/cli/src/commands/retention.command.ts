import { Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { RetentionAnswer, RetentionSetAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';
import { wholeNumber } from '../input/whole-number.js';

interface Options {
  on?: boolean;
  off?: boolean;
  halfLife?: number;
}

export function retentionCommand(run: Run): Command {
  return new Command('retention')
    .description('Tells how fast pages that nobody reads fade, and which the next sweep would archive; or sets it.')
    .option('--on', 'archives what has faded, which is so unless set')
    .option('--off', 'archives nothing')
    .option('--half-life <days>', 'after so many days an unread page is half as strong', wholeNumber(7, 3_650))
    .action(run(async (cli, { on = false, off = false, halfLife }: Options) => {
      if (on && off) throw usageFailure('Pass --on or --off, not both');
      if (on || off || halfLife !== undefined) await set(cli, on || off ? on : undefined, halfLife);
      const answer = await cli.server().ask(RetentionAnswer, projectPath(await cli.readScope(), 'retention'));
      const head = answer.enabled ? `Half-life ${answer.half_life_days} days; nothing unchanged for less than ${Math.floor(answer.age_days_min)} days is archived.` : 'Off: nothing is archived.';
      cli.out.answer(answer, () => `${head}\n${answer.faded.length > 0 ? cli.out.table(['FADED', 'STRENGTH'], answer.faded.map((page) => [page.path, page.strength.toFixed(2)])) : 'Nothing has faded.'}`);
    }));
}

async function set(cli: Cli, enabled: boolean | undefined, days: number | undefined): Promise<void> {
  await cli.server().ask(RetentionSetAnswer, projectPath(await cli.writeScope(), 'retention'), { method: 'PUT', body: { enabled, half_life_days: days } });
}
