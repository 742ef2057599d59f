import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Fault } from '#libs/faults';
import { failStart } from '#libs/runtime';
import { backup, restore, verifyBackup, verifyInstallation } from './backup/backup-commands.js';
import { canary } from './canary/canary-command.js';

const USAGE = 2;

function collected(value: string, before: string[]): string[] {
  return [...before, value];
}

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

/** What an operator does beside the running services. */
function program(): Command {
  const admin = new Command('ai-memory admin').description('For the operator, on the machine of the server: DATABASE_URL and AI_MEMORY_DATA_DIR say where, as for the services.').exitOverride();
  admin.command('backup').description('copies database and repositories while all runs')
    .requiredOption('--to <folder>', 'becomes the parent of the backup, a folder named by the time')
    .option('--keep <count>', 'removes those that are beyond so many newest', count)
    .option('--recipient <age1…>', 'encrypts for the holder of that age key; may be given several times', collected, [])
    .option('--every <seconds>', 'again and again, until it is stopped or one fails', count).option('--metrics <host:port>', 'where Prometheus finds when the newest was made')
    .action(backup);
  admin.command('verify').description('a backup, or without one the installation: repositories against tables')
    .argument('[backup]', 'its folder').option('--identity <file>', 'age secret key, to look into an encrypted one')
    .action((folder: string | undefined, options: { identity?: string }) => (folder === undefined ? verifyInstallation() : verifyBackup(folder, options)));
  admin.command('restore').description('puts a backup onto empty servers, and compares; the services must not run')
    .argument('<backup>', 'its folder').option('--identity <file>', 'age secret key, for an encrypted one').option('--force', 'also where there is something already, which is gone then')
    .action(restore);
  admin.command('canary').description('stores, finds, hands over and deletes in a running system, as a client does, and tells what surprised it')
    .requiredOption('--server-url <url>', 'the public door').requiredOption('--token-file <file>', 'holds a token of the canary\'s own organisation')
    .option('--stranger-token-file <file>', 'holds a token of another organisation, which must see none of it')
    .option('--every <seconds>', 'again and again; else once, and 1 where it was surprised', count).option('--metrics <host:port>', 'where Prometheus finds what it counted')
    .action(canary);
  admin.commands.forEach((command) => command.exitOverride());
  return admin;
}

async function main(): Promise<void> {
  await program().parseAsync().catch((error: unknown) => {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : USAGE);
    throw error;
  });
}

/** For whoever mends it, the detail too: it names what failed on this machine. */
await main().catch((error: unknown) => {
  if (error instanceof Fault && error.detail !== undefined) process.stderr.write(`${error.detail}\n`);
  failStart(error);
});
