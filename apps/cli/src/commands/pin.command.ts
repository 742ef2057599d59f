import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { WrittenAnswer } from '../client/answers.js';

export function pinCommand(run: Run): Command {
  return pinning(run, 'pin', true).description('Pins a page, so that every briefing tells of it. The project is named by option or marker.');
}

export function unpinCommand(run: Run): Command {
  return pinning(run, 'unpin', false).description('Takes a page\'s pin out. The project is named by option or marker.');
}

function pinning(run: Run, name: string, pinned: boolean): Command {
  return new Command(name)
    .argument('<path>', 'for instance decisions/use-postgres.md')
    .action(run(async (cli, path: string) => {
      const written = await cli.server().ask(WrittenAnswer, projectPath(await cli.writeScope(), 'pin', ...path.split('/')), { method: 'POST', body: { pinned } });
      cli.out.answer(written, () => `${written.path}: ${written.outcome === 'unchanged' ? 'was' : 'is'} ${pinned ? 'pinned' : 'not pinned'}`);
    }));
}
