import { Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { projectPath, type Run } from '../cli.js';
import { LintAnswer } from '../client/answers.js';
import { Failure } from '../client/failure.js';
import { wholeNumber } from '../input/whole-number.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { oneLine } from '../output/table.js';

type Lint = z.output<typeof LintAnswer>;

/** A wiki of many thousand pages is read whole. */
const TIMEOUT_MS = 60_000;
const SIGNS: Readonly<Record<Lint['findings'][number]['severity'], (style: Style) => string>> = {
  error: ({ red }) => red('ERROR'),
  warning: ({ yellow }) => yellow('warn '),
  advice: ({ dim }) => dim('info '),
};

export function lintCommand(run: Run): Command {
  return new Command('lint')
    .description("Tells what is wrong with a project's pages, the worst first. Changes nothing; ends with 1 where there are errors.")
    .option('--code <codes>', 'only these, separated by commas: broken-link, stale …', codes)
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 300), 100)
    .action(run(async (cli, { code, limit }: { code?: string; limit: number }) => {
      const answer = await cli.server(TIMEOUT_MS).ask(LintAnswer, projectPath(await cli.readScope(), 'lint'), { query: { code, limit } });
      cli.out.answer(answer, () => described(answer, cli.out.style));
      const errors = answer.findings.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) throw new Failure(`${counted(errors, 'error')} in ${counted(answer.pages, 'page')}`);
    }));
}

function codes(text: string): string {
  if (!/^[a-z-]+(,[a-z-]+)*$/.test(text)) throw new InvalidArgumentError('It must be codes as docs/lint.md lists them, separated by commas.');
  return text;
}

function described({ pages, counts, findings }: Lint, style: Style): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return `Nothing is wrong with ${counted(pages, 'page')}.`;
  const blocks = findings.map(({ severity, code, pages: [path = ''], what, todo }) =>
    `${SIGNS[severity](style)}  ${style.bold(code)}  ${style.cyan(oneLine(path))} ${oneLine(what)}\n       ${style.dim('→')} ${oneLine(todo)}`);
  return [...blocks, ...(all > findings.length ? [`and ${all - findings.length} more`] : [])].join('\n');
}
