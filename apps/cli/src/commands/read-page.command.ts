import { Command } from 'commander';
import type { z } from 'zod';
import { type Cli, projectPath, type Run } from '../cli.js';
import { PageAnswer } from '../client/answers.js';
import { EXIT, Failure, notFoundFailure, usageFailure } from '../client/failure.js';
import type { Scope } from '../scope/scope.js';
import { search } from './search.command.js';

type Found = z.output<typeof PageAnswer>;

export function readPageCommand(run: Run): Command {
  return new Command('read-page')
    .description('Prints one page: that of a path, or the best match for some words.')
    .argument('<path-or-words...>', 'for instance decisions/use-postgres.md, or: which database')
    .option('--as-of <time>', 'as the page of a path was then, for instance 2026-11-01T00:00:00Z')
    .action(run(async (cli, words: string[], { asOf }: { asOf?: string }) => {
      const found = await find(cli, words.join(' '), asOf);
      cli.out.note(`${found.scope.workspace}/${found.scope.project} ${found.page.path}, by ${found.page.author}, ${found.page.updated_at}${found.page.trust ? `, trust ${found.page.trust}` : ''}`);
      if (found.page.superseded_by) cli.out.note(`Superseded by ${found.page.superseded_by}`);
      cli.out.answer(found, () => cli.out.foreign(found.page.body));
    }));
}

async function find(cli: Cli, asked: string, asOf: string | undefined): Promise<Found> {
  if (isPath(asked)) {
    const byPath = await atPath(cli, await cli.readScope(), asked, asOf);
    if (!byPath) throw notFoundFailure(`There is no page ${asked}${asOf ? ` as of ${asOf}` : ''}. Find it with: ai-memory search`);
    return byPath;
  }
  if (asOf !== undefined) throw usageFailure('--as-of takes the path of a page');
  const { hits: [best] } = await search(cli, asked, { limit: 1 });
  const page = best && (await atPath(cli, best.scope, best.path));
  if (!page) throw notFoundFailure('No page was found.');
  return page;
}

async function atPath(cli: Cli, scope: Pick<Scope, 'workspace' | 'project'>, path: string, asOf?: string): Promise<Found | undefined> {
  return cli.server().ask(PageAnswer, projectPath(scope, 'pages', ...path.split('/')), { query: { as_of: asOf } }).catch((error: unknown) => {
    if (error instanceof Failure && error.exitCode === EXIT.notFound) return undefined;
    throw error;
  });
}

function isPath(asked: string): boolean {
  return /\.md$|^\S*\/\S*$/.test(asked);
}
