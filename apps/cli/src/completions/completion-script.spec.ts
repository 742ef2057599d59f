import { execFileSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from './completion-script.js';
import { wordsOf } from './words.js';

const program = new Command('ai-memory').option('--json', 'as JSON');
program.command('search').option('-n, --limit <count>', 'how many').description("finds, doesn't guess");
program.command('sessions').addOption(new Option('--state <state>').choices(['open', 'ended']));
program.command('config').command('get').option('--all');
program.command('completions').argument('<shell>').createArgument('x');
program.commands.at(-1)!.registeredArguments[0]!.choices(['bash', 'zsh']);
const words = wordsOf(program);

/** What bash offers with the cursor behind the last of the words. */
function offers(...line: string[]): string[] {
  const script = `${completionScript('bash', words)}\nCOMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ai_memory; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', ...line], { encoding: 'utf8' }).trim().split('\n');
}

describe('completions', () => {
  it('know every command, its options and those of all', () => {
    expect(words.map(({ path }) => path.join(' '))).toEqual(['', 'search', 'sessions', 'config', 'config get', 'completions']);
    expect(words[1]!.options.map(({ word }) => word)).toEqual(['--limit', '--json']);
  });

  it.each([
    [['ai-memory', 'sea'], ['search']], [['ai-memory', 'search', '--'], ['--limit', '--json']], [['ai-memory', 'search', 'word', '--l'], ['--limit']],
    [['ai-memory', 'config', ''], ['get', '--json']], [['ai-memory', '--json', 'config', 'g'], ['get']], [['ai-memory', 'completions', 'b'], ['bash']],
    [['ai-memory', 'sessions', '--state', ''], ['open', 'ended']], [['ai-memory', 'sessions', '--state', 'open', '--s'], ['--state']],
  ])('in bash of %j are %j', (line, expected) => {
    expect(offers(...line)).toEqual(expected);
  });

  it.each(SHELLS)('in %s hold every word, and no quote of a description ends them', (shell) => {
    const script = completionScript(shell, words);
    for (const word of ['search', 'config', 'get', 'limit', 'json', 'zsh']) expect(script).toContain(word);
    expect(script).not.toMatch(/[^\\]'t guess/);
  });
});
