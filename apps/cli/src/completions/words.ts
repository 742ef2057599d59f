import type { Command, Option } from 'commander';

/** What may follow a command: each with what it is. `path` is the command and its subcommand, if any; empty for the program. */
export interface Words {
  path: string[];
  commands: Word[];
  options: (Word & { values: readonly string[] })[];
  /** Values of the first argument where there is a fixed set. */
  values: string[];
}

export interface Word {
  word: string;
  description: string;
}

/** Everything that can be completed, read from the program itself. */
export function wordsOf(program: Command): Words[] {
  return below(program, []);
}

function below(command: Command, path: string[]): Words[] {
  return [ofCommand(command, path), ...command.commands.flatMap((each) => below(each, [...path, each.name()]))];
}

function ofCommand(command: Command, path: string[]): Words {
  return {
    path,
    commands: command.commands.map((each) => ({ word: each.name(), description: each.description() })),
    options: globalOptions(command).flatMap(({ long, description, argChoices }) => (long ? [{ word: long, description, values: argChoices ?? [] }] : [])),
    values: [...(command.registeredArguments[0]?.argChoices ?? [])],
  };
}

function globalOptions(command: Command): readonly Pick<Option, 'long' | 'description' | 'argChoices'>[] {
  return command.parent ? [...command.options, ...globalOptions(command.parent)] : command.options;
}
