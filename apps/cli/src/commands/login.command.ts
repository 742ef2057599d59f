import { Command } from 'commander';
import { cleanText } from '#libs/redaction';
import { Cli, type Run } from '../cli.js';
import type { ClientHome } from '../client/client-home.js';
import { offersDeviceLogin, signInDevice } from '../client/device-login.js';
import { usageFailure } from '../client/failure.js';
import { callerName, readIdentity } from '../client/identity.js';
import { ServerClient } from '../client/server-client.js';
import { isLoopbackUrl } from '../client/server-url.js';
import { readSource } from '../input/given-text.js';
import { ask } from '../input/prompt.js';

/** What the server takes at most; a longer file is some other file. */
const TOKEN_CHARS_MAX = 512;

/** What a machine needs that reports and reads. */
const MACHINE_SCOPES = ['ingest:write', 'memory:read'];

interface Options {
  token?: string;
  scope: string[];
}

export function loginCommand(run: Run): Command {
  return new Command('login')
    .description('Signs this machine in: you agree in a browser, on any machine, to a code that is shown here. Or keeps a token that you have.')
    .argument('[server]', 'its address; as --server-url')
    .option('--token <source>', 'where a token is: - for stdin, or a file')
    .option('--scope <name...>', 'what the machine may be used for', MACHINE_SCOPES)
    .addHelpText('after', '\nA token is never taken from the command line itself, where other users of the machine could read it.')
    .action(run(async (named, server: string | undefined, { token: source, scope }: Options) => {
      const cli = server === undefined ? named : new Cli(named.world, { ...named.options, serverUrl: server });
      const { serverUrl } = cli.namedConnection();
      const login = await signIn(cli, cli.namedHome, serverUrl, await obtainToken(cli, source, scope, serverUrl));
      cli.out.answer({ server_url: serverUrl, ...login.identity }, () => `Signed in to ${serverUrl} as ${login.caller}.`);
    }));
}

/** A token that somebody has, or one that the server gives to this machine, where it does that. */
async function obtainToken(cli: Cli, source: string | undefined, scopes: readonly string[], serverUrl: string): Promise<string | undefined> {
  const server = new ServerClient(serverUrl, undefined);
  if (source !== undefined || !(await offersDeviceLogin(server))) return givenToken(cli, source, serverUrl);
  return signInDevice(server, scopes, ({ verification_uri: where, user_code: code, expires_in: seconds }) => {
    // Not a remark: without it nothing goes on, also where the answer is wanted as JSON.
    cli.world.stderr.write(`Open ${cleanText(where)} in a browser, on any machine, and enter the code\n\n    ${cleanText(code)}\n\nWaiting, at most ${Math.round(seconds / 60)} minutes …\n`);
  });
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
