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

interface SearchOptions {
  limit: number;
  everywhere?: boolean;
  kind?: string;
  agent?: string;
  user?: string;
  path?: string;
  after?: string;
  before?: string;
  asOf?: string;
  superseded?: boolean;
  pinned?: boolean;
  explain?: boolean;
  cursor?: string;
}

export function searchCommand(run: Run): Command {
  return new Command('search')
    .description("Finds pages and what was captured, in this folder's project, or everywhere where there is none.")
    .argument('<words...>', 'what to look for; any of the words will do, a "phrase" must stand there, a -word must not')
    .option('-n, --limit <count>', 'at most so many of each', wholeNumber(1, 100), 10)
    .option('--everywhere', 'in all projects, whatever the folder')
    .option('--kind <kinds>', 'of these kinds, with commas between them')
    .option('--agent <name>', 'written or captured by this agent')
    .option('--user <name>', 'by this person')
    .option('--path <path>', 'how the path begins, or all of it with * or **')
    .option('--after <day>', 'not before this day or time')
    .option('--before <day>', 'before this day or time')
    .option('--as-of <time>', 'what was there at that day or time, in one project')
    .option('--superseded', 'ranks superseded pages as others')
    .option('--pinned', 'pinned pages first')
    .option('--explain', 'says what each score is made of')
    .option('--cursor <cursor>', 'goes on after an answer to the same search')
    .action(run(async (cli, words: string[], { limit, everywhere, superseded, pinned, asOf, ...options }: SearchOptions) => {
      const more = { ...options, as_of: asOf, explain: flag(options.explain), include_superseded: flag(superseded), pin_first: flag(pinned) };
      const found = await search(cli, words.join(' '), { limit, isEverywhere: everywhere === true, more });
      cli.out.answer(found, () => describe(cli, found) || 'Nothing found.');
      for (const { term, searched } of found.corrections) cli.out.note(`next to nothing holds ${oneLine(term)}: looked for ${oneLine(searched.join(', '))} too`);
      if (found.next_cursor) cli.out.note(`more: --cursor ${found.next_cursor}`);
    }));
}

function flag(isSet: boolean | undefined): '1' | undefined {
  return isSet ? '1' : undefined;
}

/** Best first. Looks in one project where there is one, else in the workspace that was named, else everywhere. */
export async function search(cli: Cli, q: string, { limit, isEverywhere = false, more = {} }: { limit: number; isEverywhere?: boolean; more?: Readonly<Record<string, string | undefined>> }): Promise<Found> {
  const scope = isEverywhere ? undefined : await cli.findScope();
  const { workspace = isEverywhere ? undefined : cli.options.workspace, project } = scope ?? {};
  cli.out.note(`in ${scope ? `${workspace}/${project} (by ${scope.from})` : workspace ?? 'all projects'}`);
  return cli.server().ask(SearchAnswer, apiPath('search'), { query: { q, limit, workspace, project, ...more } });
}

function describe(cli: Cli, { hits, raw_hits: rawHits }: Found): string {
  const { style } = cli.out;
  const now = cli.world.now();
  const isOne = new Set([...hits, ...rawHits].map(({ scope }) => `${scope.workspace}/${scope.project}`)).size < 2;
  const where = ({ workspace, project }: Found['scopes'][number]): string => (isOne ? '' : `${workspace}/${project} `);
  const pages = hits.map((hit) => [
    `${style.bold(oneLine(hit.title))}  ${style.dim(`${where(hit.scope)}${hit.kind}${hit.superseded ? ', superseded' : ''}${hit.since && hit.since !== 'unchanged' ? `, ${hit.since} since` : ''}, ${ageOf(hit.updated_at, now)}`)}`,
    `  ${style.cyan(oneLine(hit.section ? `${hit.path}#${hit.section.anchor}` : hit.path))}`,
    `  ${snippetText(hit.snippet, style.yellow)}`,
    ...scoreOf(hit),
  ]);
  const observations = rawHits.map((hit) => [
    `${oneLine(hit.title)}  ${style.dim(`${where(hit.scope)}${hit.kind} in session ${hit.session_id}, ${ageOf(hit.occurred_at, now)}${hit.repeats > 0 ? `, and ${hit.repeats} more that say the same` : ''}`)}`,
    `  ${snippetText(hit.snippet, style.yellow)}`,
    ...scoreOf(hit),
  ]);
  return [...pages, ...observations].map((lines) => lines.join('\n')).join('\n\n');
}

/** What a score is made of, where that was asked for. */
function scoreOf({ score, score_details: details }: Found['hits'][number] | Found['raw_hits'][number]): string[] {
  if (!details) return [];
  const { words, factors, ...streams } = details;
  const parts = [...words.map((word) => `${oneLine(word.term)} ${word.score}`), ...Object.entries(streams).filter(([, share]) => share !== 0).map(([name, share]) => `${name} ${share}`)];
  return [`  score ${score}: ${[...parts, ...Object.entries(factors).map(([name, factor]) => `${name} ×${factor}`)].join(', ')}`];
}
