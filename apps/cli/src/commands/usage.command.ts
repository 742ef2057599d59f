import { Command } from 'commander';
import type { z } from 'zod';
import type { Run } from '../cli.js';
import { UsageAnswer } from '../client/audit-answers.js';
import { apiPath } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';

type Usage = z.output<typeof UsageAnswer>;

export function usageCommand(run: Run): Command {
  return new Command('usage')
    .description('What the organisation used and keeps, against its limits. For its owners and admins.')
    .option('--days <days>', 'so many days back', wholeNumber(1, 400), 7)
    .action(run(async (cli, { days }: { days: number }) => {
      const answer = await cli.server().ask(UsageAnswer, apiPath('usage'), { query: { days } });
      const rows = answer.days.map(({ day, requests, events, searches, refused }) => [day, ...[requests, events, searches, refused].map(String)]);
      cli.out.answer(answer, () => [
        rows.length > 0 ? cli.out.table(['DAY', 'REQUESTS', 'EVENTS', 'SEARCHES', 'OVER A LIMIT'], rows) : 'Nothing was used.', '', cli.out.table(['', 'USED', 'OF'], standing(answer)),
      ].join('\n'));
    }));
}

/** What is kept and spent, each beside what may be. */
function standing({ stored: { observations, pages }, limits, models }: Usage): string[][] {
  const cap = models.monthly_cap_usd === null ? `${models.monthly_cap_tokens} tokens` : `${models.monthly_cap_usd} USD`;
  return [
    ['rows kept', String(observations.rows + pages.rows), limits ? String(limits.stored.rows) : 'no limit'],
    ['bytes kept', String(observations.bytes + pages.bytes), limits ? String(limits.stored.bytes) : 'no limit'],
    [`models in ${models.month}`, `${models.tokens} tokens, ${models.cost_usd} USD`, cap],
  ];
}
