import { Command } from 'commander';
import type { Run } from '../cli.js';
import { Failure } from '../client/failure.js';
import { examine } from '../doctor/examination.js';
import type { Finding } from '../doctor/finding.js';
import type { Style } from '../output/style.js';

const SIGNS: Readonly<Record<Finding['status'], (style: Style) => string>> = {
  ok: ({ green }) => green('ok  '),
  warning: ({ yellow }) => yellow('warn'),
  failure: ({ red }) => red('FAIL'),
};

export function doctorCommand(run: Run): Command {
  return new Command('doctor')
    .description('Looks for what is wrong between your agents and the server, and names cause and fix. Changes nothing.')
    .action(run(async (cli) => {
      const findings = await examine(cli);
      const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
      cli.out.answer({ failures: count('failure'), warnings: count('warning'), findings }, () => findings.map((finding) => describe(finding, cli.out.style)).join('\n'));
      if (count('failure') > 0) throw new Failure(`${count('failure')} of ${findings.length} checks failed`);
    }));
}

function describe({ check, status, what, fix }: Finding, style: Style): string {
  const line = `${SIGNS[status](style)}  ${style.bold(check)}: ${what}`;
  return fix === undefined ? line : `${line}\n      ${style.cyan('→')} ${fix}`;
}
