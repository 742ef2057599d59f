import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import type { ClientHome } from '../client/client-home.js';
import { usageFailure } from '../client/failure.js';
import { callerName, readIdentity } from '../client/identity.js';
import { ServerClient } from '../client/server-client.js';
import { isLoopbackUrl } from '../client/server-url.js';
import { readSource } from '../input/given-text.js';
import { ask } from '../input/prompt.js';

/** What the server takes at most; a longer file is some other file. */
const TOKEN_CHARS_MAX = 512;

export function loginCommand(run: Run): Command {
  return new Command('login')
    .description('Keeps a server and a token, after the server has accepted it.')
    .option('--token <source>', 'where the token is: - for stdin, or a file. Asked for where this is a terminal')
    .addHelpText('after', '\nA token is never taken from the command line itself, where other users of the machine could read it.')
    .action(run(async (cli, { token: source }: { token?: string }) => {
      const { serverUrl } = cli.namedConnection();
      const login = await signIn(cli, cli.namedHome, serverUrl, await givenToken(cli, source, serverUrl));
      cli.out.answer({ server_url: serverUrl, ...login.identity }, () => `Signed in to ${serverUrl} as ${login.caller}.`);
    }));
}

/** Keeps server and token once the server has answered who that is. */
export async function signIn(cli: Cli, home: ClientHome, serverUrl: string, token: string | undefined): Promise<{ identity: Awaited<ReturnType<typeof readIdentity>>; caller: string }> {
  const identity = await readIdentity(new ServerClient(serverUrl, token));
  await home.keepLogin(serverUrl, token, cli.world.now());
  const isReadable = token && serverUrl.startsWith('http:') && !isLoopbackUrl(serverUrl);
  if (isReadable) cli.out.note('The connection is not encrypted: anybody on the way can read the token. Use https:// where you can.');
  return { identity, caller: callerName(identity) };
}

/** Undefined where somebody says that there is none, as for a local server. */
export async function givenToken({ world }: Cli, source: string | undefined, serverUrl: string): Promise<string | undefined> {
  if (source !== undefined) return tokenIn(await readSource(world, source), source);
  if (!world.stdin.isTTY) throw usageFailure('Where is the token? Pass --token - and the token on stdin, or --token FILE');
  return tokenIn(await ask(world, `Token for ${serverUrl} (none for a local server that asks for none): `, true), 'the answer');
}

function tokenIn(text: string, source: string): string | undefined {
  const token = text.trim();
  const isToken = !/\s/.test(token) && token.length <= TOKEN_CHARS_MAX;
  if (!isToken) throw usageFailure(`${source === '-' ? 'stdin' : source} holds no token: a token is one word of at most ${TOKEN_CHARS_MAX} characters`);
  return token || undefined;
}
