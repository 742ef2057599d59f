import { Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { EnsuredAnswer, WrittenAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';
import { readSource } from '../input/given-text.js';

interface Options {
  path: string;
  body: string;
  title?: string;
  kind?: string;
  tag?: string[];
  tier?: string;
  pinned?: boolean;
}

export function writePageCommand(run: Run): Command {
  return new Command('write-page')
    .description('Writes a page of a project that is named by option or marker; makes the project where need be.')
    .requiredOption('--path <path>', 'for instance decisions/use-postgres.md')
    .requiredOption('--body <source>', 'markdown: - for stdin, or @FILE')
    .option('--title <text>', "else the body's first heading")
    .option('--kind <kind>', "else the path's family tells: decision, gotcha, procedure, …")
    .option('--tag <tag...>', 'may be given several times')
    .option('--tier <tier>', 'working, episodic, semantic or procedural')
    .option('--pinned', 'always part of what a session is told first')
    .addHelpText('after', '\nWhat a page says about itself (title, kind, tags, …) is replaced as a whole, not merged.')
    .action(run(async (cli, options: Options) => {
      const { path, body: source, tag: tags, ...metadata } = options;
      const scope = await cli.writeScope();
      const page = { body: await bodyFrom(cli, source), ...onlyGiven({ tags, title: metadata.title, kind: metadata.kind, tier: metadata.tier, pinned: metadata.pinned }) };
      await cli.server().ask(EnsuredAnswer, projectPath(scope), { method: 'PUT' });
      const written = await cli.server().ask(WrittenAnswer, projectPath(scope, 'pages', ...path.split('/')), { method: 'PUT', body: page });
      cli.out.answer(written, () => `${written.path}: ${written.outcome}${written.commit ? ` in ${written.commit.slice(0, 12)}` : ''}`);
    }));
}

/** A path without `@` could be meant as text; neither is guessed. */
async function bodyFrom({ world }: Cli, source: string): Promise<string> {
  if (source !== '-' && !source.startsWith('@')) throw usageFailure('--body takes - (stdin) or @FILE');
  return readSource(world, source.replace(/^@/, ''));
}

function onlyGiven(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
