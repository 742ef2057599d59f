import { Command } from 'commander';
import type { z } from 'zod';
import type { Cli, Run } from '../cli.js';
import { SearchAnswer } from '../client/answers.js';
import { apiPath } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';
import { snippetText } from '../output/snippet.js';
import { oneLine } from '../output/table.js';

type Found = z.output<typeof SearchAnswer>;

export function searchCommand(run: Run): Command {
  return new Command('search')
    .description("Finds pages and what was captured, in this folder's project, or everywhere where there is none.")
    .argument('<words...>', 'what to look for; any of the words will do')
    .option('-n, --limit <count>', 'at most so many of each', wholeNumber(1, 100), 10)
    .option('--everywhere', 'in all projects, whatever the folder')
    .action(run(async (cli, words: string[], options: { limit: number; everywhere?: boolean }) => {
      const found = await search(cli, words.join(' '), options.limit, options.everywhere === true);
      cli.out.answer(found, () => describe(cli, found) || 'Nothing found.');
    }));
}

/** Best first. Looks in one project where there is one, else in the workspace that was named, else everywhere. */
export async function search(cli: Cli, q: string, limit: number, isEverywhere = false): Promise<Found> {
  const scope = isEverywhere ? undefined : await cli.findScope();
  const { workspace = isEverywhere ? undefined : cli.options.workspace, project } = scope ?? {};
  cli.out.note(`in ${scope ? `${workspace}/${project} (by ${scope.from})` : workspace ?? 'all projects'}`);
  return cli.server().ask(SearchAnswer, apiPath('search'), { query: { q, limit, workspace, project } });
}

function describe(cli: Cli, { hits, raw_hits: rawHits }: Found): string {
  const { style } = cli.out;
  const now = cli.world.now();
  const isOne = new Set([...hits, ...rawHits].map(({ scope }) => `${scope.workspace}/${scope.project}`)).size < 2;
  const where = ({ workspace, project }: Found['scopes'][number]): string => (isOne ? '' : `${workspace}/${project} `);
  const pages = hits.map((hit) => [
    `${style.bold(oneLine(hit.title))}  ${style.dim(`${where(hit.scope)}${hit.kind}, ${ageOf(hit.updated_at, now)}`)}`,
    `  ${style.cyan(oneLine(hit.path))}`,
    `  ${snippetText(hit.snippet, style.yellow)}`,
  ]);
  const observations = rawHits.map((hit) => [
    `${oneLine(hit.title)}  ${style.dim(`${where(hit.scope)}${hit.kind} in session ${hit.session_id}, ${ageOf(hit.occurred_at, now)}`)}`,
    `  ${snippetText(hit.snippet, style.yellow)}`,
  ]);
  return [...pages, ...observations].map((lines) => lines.join('\n')).join('\n\n');
}
