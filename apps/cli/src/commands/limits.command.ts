import { Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import type { Run } from '../cli.js';
import { LimitsAnswer } from '../client/audit-answers.js';
import { usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';

type Answer = z.output<typeof LimitsAnswer>;
type Changes = Record<string, Record<string, number>>;

export function limitsCommand(run: Run): Command {
  return new Command('limits')
    .description('Tells what an organisation may use, or sets it. For the operator of the installation.')
    .argument('<organisation>', 'its name')
    .option('--set <limit=number>', 'token.requests=6000, organisation.events=…, stored.bytes=…; may be given several times', change, {})
    .option('--reset', 'all as the default has it, before anything is set')
    .action(run(async (cli, organisation: string, { set, reset = false }: { set: Changes; reset?: boolean }) => {
      const path = apiPath('organisations', organisation, 'limits');
      const isSet = reset || Object.keys(set).length > 0;
      const before = reset ? {} : (await cli.server().ask(LimitsAnswer, path)).changes;
      const answer = await cli.server().ask(LimitsAnswer, path, isSet ? { method: 'PUT', body: merged(before as Changes, set) } : {});
      cli.out.answer(answer, () => cli.out.table(['LIMIT', 'IS', ''], rows(answer)));
    }));
}

function change(text: string, before: Changes): Changes {
  const [, of, name, value] = /^(\w+)\.(\w+)=(\d{1,15})$/.exec(text) ?? [];
  if (!of || !name) throw new InvalidArgumentError('It must be like token.requests=6000.');
  return merged(before, { [of]: { [name]: Number(value) } });
}

function merged(before: Changes, after: Changes): Changes {
  return Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])].map((of) => [of, { ...before[of], ...after[of] }]));
}

function rows({ limits, changes }: Answer): string[][] {
  if (limits === null) throw usageFailure('Limits are off in this installation (AI_MEMORY_LIMITS)');
  return Object.entries(limits).flatMap(([of, values]) => Object.entries(values as Record<string, number>).map(([name, value]) =>
    [`${of}.${name}`, String(value), (changes as Changes)[of]?.[name] === undefined ? '' : 'set']));
}
