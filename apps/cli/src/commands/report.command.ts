import { Command, InvalidArgumentError } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { PageAnswer, PagesAnswer } from '../client/answers.js';
import { EXIT, Failure, notFoundFailure } from '../client/failure.js';
import type { Scope } from '../scope/scope.js';

/** Of the reports written last, how many are looked through for the latest day. */
const LATEST_MAX = 20;

export function reportCommand(run: Run): Command {
  return new Command('report')
    .description('Prints what was done in a project on a day: the latest that has a report, or another.')
    .option('--date <day>', 'for instance 2026-11-24; days are in UTC', day)
    .action(run(async (cli, { date }: { date?: string }) => {
      const scope = await cli.readScope();
      const path = date === undefined ? await latest(cli, scope) : `_reports/${date}.md`;
      const found = await cli.server().ask(PageAnswer, projectPath(scope, 'pages', ...path.split('/'))).catch((error: unknown) => {
        if (error instanceof Failure && error.exitCode === EXIT.notFound && date !== undefined) throw notFoundFailure(`There is no report of ${date}: nothing happened that day, or it is not over yet.`);
        throw error;
      });
      cli.out.answer(found, () => cli.out.foreign(found.page.body));
    }));
}

async function latest(cli: Cli, scope: Scope): Promise<string> {
  const { pages } = await cli.server().ask(PagesAnswer, projectPath(scope, 'pages'), { query: { prefix: '_reports/', limit: LATEST_MAX } });
  const path = pages.map((page) => page.path).toSorted().at(-1);
  if (path === undefined) throw notFoundFailure('There is no report yet: the first is written when a day with sessions or changed pages is over.');
  return path;
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('It must be a day, for instance 2026-11-24.');
  return text;
}
