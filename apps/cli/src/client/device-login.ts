import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT, Failure } from './failure.js';
import { cliVersion } from '../version.js';
import type { ServerClient } from './server-client.js';

/** How the command is known to servers. */
const CLIENT_ID = 'ai-memory-cli';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** What RFC 8628 says where a server says nothing, and adds when it is asked too often. */
const INTERVAL_SECONDS = 5;

const Metadata = z.object({ device_authorization_endpoint: z.url(), token_endpoint: z.url() });
const Started = z.object({ device_code: z.string(), user_code: z.string(), verification_uri: z.url(), expires_in: z.number().positive(), interval: z.number().positive().default(INTERVAL_SECONDS) });
export type StartedLogin = z.output<typeof Started>;
const Token = z.object({ access_token: z.string() });
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() });

const SENTENCES: Readonly<Record<string, string>> = {
  access_denied: 'The sign-in was denied',
  expired_token: 'Nobody entered the code in time. Run the command again',
};

/** Whether a server signs devices in. */
export async function offersDeviceLogin(server: ServerClient): Promise<boolean> {
  const { status, text } = await server.send('/.well-known/oauth-authorization-server');
  return status === 200 && Metadata.safeParse(jsonOf(text)).success;
}

/** Signs this machine in: `show` tells a person where to go and what to enter, in whatever browser, on whatever machine. Gives the token. */
export async function signInDevice(server: ServerClient, scopes: readonly string[], show: (started: StartedLogin) => void): Promise<string> {
  const started = await server.ask(Started, '/oauth/device/authorize', { method: 'POST', body: new URLSearchParams({ client_id: CLIENT_ID, scope: scopes.join(' ') }), headers: { 'user-agent': `ai-memory/${cliVersion()} on ${hostname()}` } });
  show(started);
  let waitSeconds = started.interval;
  for (let left = started.expires_in; left > 0; left -= waitSeconds) {
    await sleep(waitSeconds * 1_000);
    const answer = await server.send('/oauth/token', { method: 'POST', body: new URLSearchParams({ client_id: CLIENT_ID, grant_type: GRANT, device_code: started.device_code }) });
    if (answer.status === 200) return server.read(Token, answer).access_token;
    const { error, error_description: why } = Refusal.safeParse(jsonOf(answer.text)).data ?? { error: `the server answered with status ${answer.status}` };
    if (error === 'slow_down') waitSeconds += INTERVAL_SECONDS;
    else if (error !== 'authorization_pending') throw new Failure(SENTENCES[error] ?? `The sign-in failed: ${why ?? error}`, EXIT.unauthenticated);
  }
  throw new Failure(SENTENCES.expired_token!, EXIT.unauthenticated);
}

/** Whether the server has ended what a token of such a sign-in could do; others it is not asked to end. */
export async function revokeDeviceToken(server: ServerClient, token: string): Promise<boolean> {
  if (!token.startsWith('mem_dev_')) return false;
  const { status } = await server.send('/oauth/revoke', { method: 'POST', body: new URLSearchParams({ client_id: CLIENT_ID, token }) });
  return status === 200;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
