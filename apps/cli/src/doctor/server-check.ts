import { type Login, digestOf } from '../client/client-home.js';
import type { Connection } from '../client/connection.js';
import { EXIT, type Failure } from '../client/failure.js';
import { callerName } from '../client/identity.js';
import { isLoopbackUrl } from '../client/server-url.js';
import { failure, type Finding, ok, warning } from './finding.js';

/** What asking the server who we are came to. */
export interface ServerFacts {
  connection: Connection;
  /** What the last accepted login left. */
  login: Login | undefined;
  identity: Parameters<typeof callerName>[0] | Failure;
  /** So many days the token still works; undefined where it has no end, or the server did not say. */
  tokenDaysLeft?: number;
  /** How far this machine's clock is ahead of the server's, in seconds; undefined where the server named no time. */
  clockAheadSeconds: number | undefined;
}

/** The server's code for it. */
const EXPIRED = 'auth.token-expired';
/** Events further in the future are stored as of now by the server; a `Date` header has whole seconds and was on its way. */
const SKEW_SECONDS_MAX = 300;
const SKEW_SECONDS_SEEN = 30;
/** So long before its end a token is warned of. */
const TOKEN_DAYS_WARNED = 7;

export function checkServer(facts: ServerFacts): Finding[] {
  const { identity, connection: { serverUrl, token } } = facts;
  const isFailure = identity instanceof Error;
  if (isFailure && identity.exitCode !== EXIT.unauthenticated) {
    return [failure('server', identity.sentence, 'Start the server, or correct its address: ai-memory config set server_url URL'), ...checkClock(facts)];
  }
  const encryption = token && serverUrl.startsWith('http:') && !isLoopbackUrl(serverUrl)
    ? [warning('encryption', 'The token travels unencrypted: anybody on the way can read it', 'Give the server a certificate, and its address with https://')] : [];
  const version = isFailure ? '' : `, version ${identity.version}`;
  return [ok('server', `${serverUrl} answers${version}`), isFailure ? refusedToken(facts, identity.problem) : acceptedToken(callerName(identity), facts.tokenDaysLeft), ...encryption, ...checkClock(facts)];
}

function acceptedToken(caller: string, daysLeft: number | undefined): Finding {
  if (daysLeft === undefined || daysLeft > TOKEN_DAYS_WARNED) return ok('token', caller);
  const when = daysLeft < 1 ? 'today' : daysLeft < 2 ? 'tomorrow' : `in ${Math.floor(daysLeft)} days`;
  return warning('token', `${caller}: the token ends ${when}`, 'Put a new one in its place: ai-memory token rotate');
}

/** The server tells an expired token from one that is not valid; that it once was, we know ourselves. */
function refusedToken({ connection: { token, tokenFrom }, login }: ServerFacts, problem: string | undefined): Finding {
  const refused = (what: string, fix: string): Finding => failure('token', what, fix);
  if (tokenFrom === 'withheld') return refused('The stored token belongs to another server and was not sent', 'Sign in to this one: ai-memory login --server-url URL');
  if (token === undefined) return refused('The server wants a token, and there is none', 'Ask an owner for one, then: ai-memory login');
  const isPreset = tokenFrom === 'environment';
  const renewal = `Ask an owner for a new one, then: ${isPreset ? 'set AI_MEMORY_AUTH_TOKEN' : 'ai-memory login'}`;
  if (problem === EXPIRED) return refused('The token has expired', renewal);
  if (login?.token_sha256 === digestOf(token)) return refused(`The token was accepted on ${login.accepted_at.slice(0, 10)} and is no more: it was revoked`, renewal);
  const which = isPreset ? 'AI_MEMORY_AUTH_TOKEN' : 'the stored token';
  return refused(`The server does not know ${which}: it is mistyped, or another server's`, isPreset ? 'Correct AI_MEMORY_AUTH_TOKEN, or unset it' : 'ai-memory login');
}

function checkClock({ clockAheadSeconds: ahead }: ServerFacts): Finding[] {
  if (ahead === undefined) return [];
  const what = `This machine's clock is ${Math.abs(Math.round(ahead))} s ${ahead > 0 ? 'ahead of' : 'behind'} the server's`;
  const fix = 'Let the system set its clock (NTP); events carry the time of this machine';
  if (Math.abs(ahead) > SKEW_SECONDS_MAX) return [failure('clock', what, fix)];
  return [Math.abs(ahead) > SKEW_SECONDS_SEEN ? warning('clock', what, fix) : ok('clock', "agrees with the server's")];
}
