import { markup, pageOf } from './markup.js';
import type { SignInRow } from './sign-ins.repository.js';

export interface AccountPage {
  name: string;
  email: string;
  role: string;
  organisation: string;
  signIns: readonly SignInRow[];
  /** The one of the browser that asks. */
  ownId: string;
}

const METHODS = { oidc: 'your organisation’s account', password: 'a password', invitation: 'an invitation' } as const;

/** Who one is, and where one is signed in. */
export function accountPage({ name, email, role, organisation, signIns, ownId }: AccountPage): string {
  return pageOf(name, markup`
<p><a href="/">To your projects</a>, <a href="/account/tokens">your tokens</a></p>
<dl><dt>Organisation</dt><dd>${organisation}</dd><dt>E-mail</dt><dd>${email || '–'}</dd><dt>Role</dt><dd>${role}</dd></dl>
<form method="post" action="/auth/logout"><p><button class="quiet">Sign out</button></p></form>
<h2>Where you are signed in</h2>
<ul>${signIns.map((each) => markup`
<li><div><p>${browserName(each.browser)}${each.sign_in_id === ownId ? markup` <small>(this browser)</small>` : null}</p>
<small>${each.address} · by ${METHODS[each.method]} <br>since ${minute(each.created_at)}, last used ${minute(each.used_at)} UTC</small></div>
${each.sign_in_id === ownId ? null : markup`<form method="post" action="/account/sign-ins/${each.sign_in_id}/end"><button class="quiet">End</button></form>`}</li>`)}
</ul>`, { isWide: true });
}

function minute(date: Date): string {
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

const BROWSERS: readonly [RegExp, string][] = [[/\bEdg\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\bFirefox\//, 'Firefox'], [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const SYSTEMS: readonly [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux']];

/** In two words, of what a browser says of itself; the beginning of that where it says something else. */
export function browserName(agent: string): string {
  const [browser, system] = [BROWSERS, SYSTEMS].map((known) => known.find(([pattern]) => pattern.test(agent))?.[1]);
  return browser ? `${browser}${system ? ` on ${system}` : ''}` : agent.slice(0, 60) || 'A browser';
}
