import { Command } from 'commander';
import type { z } from 'zod';
import { type Cli, projectPath, type Run } from '../cli.js';
import { PageAnswer } from '../client/answers.js';
import { EXIT, Failure, notFoundFailure } from '../client/failure.js';
import type { Scope } from '../scope/scope.js';
import { search } from './search.command.js';

type Found = z.output<typeof PageAnswer>;

export function readPageCommand(run: Run): Command {
  return new Command('read-page')
    .description('Prints one page: that of a path, or the best match for some words.')
    .argument('<path-or-words...>', 'for instance decisions/use-postgres.md, or: which database')
    .action(run(async (cli, words: string[]) => {
      const found = await find(cli, words.join(' '));
      cli.out.note(`${found.scope.workspace}/${found.scope.project} ${found.page.path}, by ${found.page.author}, ${found.page.updated_at}`);
      cli.out.answer(found, () => cli.out.foreign(found.page.body));
    }));
}

async function find(cli: Cli, asked: string): Promise<Found> {
  if (isPath(asked)) {
    const byPath = await atPath(cli, await cli.readScope(), asked);
    if (!byPath) throw notFoundFailure(`There is no page ${asked}. Find it with: ai-memory search`);
    return byPath;
  }
  const { hits: [best] } = await search(cli, asked, 1);
  const page = best && (await atPath(cli, best.scope, best.path));
  if (!page) throw notFoundFailure('No page was found.');
  return page;
}

async function atPath(cli: Cli, scope: Pick<Scope, 'workspace' | 'project'>, path: string): Promise<Found | undefined> {
  return cli.server().ask(PageAnswer, projectPath(scope, 'pages', ...path.split('/'))).catch((error: unknown) => {
    if (error instanceof Failure && error.exitCode === EXIT.notFound) return undefined;
    throw error;
  });
}

function isPath(asked: string): boolean {
  return /\.md$|^\S*\/\S*$/.test(asked);
}
