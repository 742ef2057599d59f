import { Argument, Command } from 'commander';
import { completionScript, SHELLS, type Shell } from '../completions/completion-script.js';
import { wordsOf } from '../completions/words.js';
import type { Run } from '../cli.js';

export function completionsCommand(run: Run, program: () => Command): Command {
  return new Command('completions')
    .description('Prints what teaches a shell to complete this command.')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', '\n  bash: source <(ai-memory completions bash)\n  zsh:  source <(ai-memory completions zsh)\n  fish: ai-memory completions fish | source')
    .action(run(async (cli, shell: Shell) => {
      const words = wordsOf(program());
      cli.out.answer({ shell, commands: words }, () => completionScript(shell, words));
    }));
}
