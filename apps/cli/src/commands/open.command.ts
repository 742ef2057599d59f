import { spawn } from 'node:child_process';
import { Command } from 'commander';
import type { Run } from '../cli.js';

/** Programs that hand an address to the browser, without a shell in between. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OPENER_ELSEWHERE = ['xdg-open'];

export function openCommand(run: Run): Command {
  return new Command('open')
    .description("Opens the server's page in the browser.")
    .option('--print', 'only prints the address')
    .action(run(async (cli, { print: isPrintOnly }: { print?: boolean }) => {
      const url = `${cli.connection().serverUrl}/`;
      const isOpened = !isPrintOnly && !cli.out.isJson && (await handOver(OPENERS[cli.world.platform] ?? OPENER_ELSEWHERE, url));
      cli.out.answer({ url }, () => (isOpened ? `Opened ${url}` : url));
    }));
}

/** False where there is no such program. It lives on when this command ends. */
function handOver([program, ...args]: readonly string[], url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program!, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
