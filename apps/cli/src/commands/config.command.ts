import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { CONFIG_KEYS, configKey } from '../client/config-file.js';
import { usageFailure } from '../client/failure.js';

export function configCommand(run: Run): Command {
  const command = new Command('config').description('Reads and changes config.toml.');
  command.command('list').description('prints all settings').action(run(list));
  command.command('get').argument('<key>').description('prints one setting').action(run(get));
  command.command('set').argument('<key>').argument('<value>').description('changes one setting').action(run(set));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const stored = cli.namedHome.readConfig();
  const settings = Object.entries(CONFIG_KEYS).map(([key, { preset, description }]) => ({ key, value: stored[key] ?? preset, is_preset: !(key in stored), description }));
  const profiles = cli.home.profileNames();
  cli.out.answer({ path: cli.namedHome.configPath, settings, profiles }, () =>
    cli.out.table(['KEY', 'VALUE', 'WHAT IT IS'], settings.map(({ key, value, is_preset: isPreset, description }) => [key, isPreset ? `${value} (preset)` : value, description])));
  if (profiles.length > 0) cli.out.note(`Profiles (--profile): ${profiles.join(', ')}`);
}

async function get(cli: Cli, key: string): Promise<void> {
  const value = cli.namedHome.readConfig()[key] ?? configKey(key).preset;
  cli.out.answer({ key, value }, () => value);
}

async function set(cli: Cli, key: string, given: string): Promise<void> {
  const { normalise, description } = configKey(key);
  const value = normalise(given);
  if (value === undefined) throw usageFailure(`${key} can't be ${given}. It is: ${description}`);
  await cli.namedHome.writeSetting(key, value);
  cli.out.answer({ key, value }, () => `${key} = ${value}`);
}
