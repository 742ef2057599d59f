import { html, type Html, type Page, page } from './oauth-page.js';
import { type ConnectionKind, type GrantableScope, SCOPE_MEANINGS } from './oauth-scopes.js';

/** Who asks for access, as far as it can be told. */
export interface Asking {
  kind: ConnectionKind;
  /** What the program calls itself: anybody can call themselves anything. */
  clientName: string;
  /** Who vouches for the name, for a client that is known by a document; null for others. */
  clientHost: string | null;
  /** Where the answer is sent; null for a device. */
  redirect: string | null;
  /** Of a device: from where it asked, and with what program. */
  device: { address: string; program: string } | null;
  scopes: readonly GrantableScope[];
}

export interface Person {
  name: string;
  organisation: string;
  /** That they may see. */
  projects: readonly { projectId: string; workspace: string; project: string }[];
}

const PROBLEM = (sentence: string | undefined): Html => (sentence ? html`<p class="problem">${sentence}</p>` : html``);

function facts(asking: Asking): Html {
  const rows: [string, string][] = [
    ['Program', `${asking.clientName}${asking.clientHost ? ` (${asking.clientHost})` : ' (it says so itself)'}`],
    ...(asking.redirect ? [['Answer goes to', asking.redirect] as [string, string]] : []),
    ...(asking.device ? [['Asked from', asking.device.address] as [string, string], ['With', asking.device.program || 'unknown'] as [string, string]] : []),
  ];
  return html`<dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}

function permissions(scopes: readonly GrantableScope[]): Html {
  return html`<p>It will be able to:</p><ul>${scopes.map((scope) => html`<li>${SCOPE_MEANINGS[scope]} <small>(${scope})</small></li>`)}</ul>`;
}

/** Where nobody is signed in: proof of who one is, before anything can be agreed to. */
export function signInPage(asking: Asking, uid: string, problem?: string): Page {
  return page('Sign in', html`${PROBLEM(problem)}<p>A program asks for access to this memory. Say who you are first.</p>${facts(asking)}
<form method="post" action="/oauth/interaction/${uid}/sign-in">
<label for="token">Your token</label>
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>Continue</button>
</form>
<p>Or <a href="/auth/sign-in?return_to=/oauth/interaction/${uid}">sign in in this browser</a>.</p>`);
}

/** The question that only a person answers. */
export function consentPage(asking: Asking, person: Person, uid: string): Page {
  const who = asking.kind === 'device' ? 'A device asks for access' : 'A program asks for access';
  const target = asking.redirect ? formTargetOf(asking.redirect) : '';
  return page(who, html`<p><strong>Did you start this?</strong> If you did not just start a sign-in yourself, choose “Deny”.</p>${facts(asking)}${permissions(asking.scopes)}
<dl><dt>As</dt><dd>${person.name}</dd><dt>Organisation</dt><dd>${person.organisation}</dd></dl>
<form method="post" action="/oauth/interaction/${uid}"><fieldset><legend>Projects: those you tick; all that you have access to, if you tick none</legend>${person.projects.map(({ projectId, workspace, project }) => html`<label><input type="checkbox" name="project" value="${projectId}"> ${workspace}/${project}</label>`)}</fieldset>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p></form>`, target);
}

export function userCodePage(form: Html, problem?: string): Page {
  return page('Sign in a device', html`${PROBLEM(problem)}<p>Enter the code that the device shows.</p>${form}`);
}

/** That the code is the device's; what it may is asked next. */
export function deviceConfirmPage(form: Html, { code, clientName, address, program }: { code: string; clientName: string; address: string; program: string }): Page {
  return page('Sign in a device', html`<p><strong>Did you start this?</strong> Go on only if the device beside you shows this code.</p>
<dl><dt>Code</dt><dd>${code}</dd><dt>Program</dt><dd>${clientName}</dd><dt>Asked from</dt><dd>${address}</dd><dt>With</dt><dd>${program || 'unknown'}</dd></dl>
${form}
<button type="submit" form="op.deviceConfirmForm">Continue</button> <button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Deny</button>`);
}

export function deviceDonePage(): Page {
  return page('Done', html`<p>The device is signed in. You can close this page.</p>`);
}

export function problemPage(sentence: string): Page {
  return page('This did not work', html`${PROBLEM(sentence)}<p>Start the sign-in again from your program.</p>`);
}

/** As a content security policy names it: an origin, or a scheme that belongs to a program. */
export function formTargetOf(redirect: string): string {
  const { protocol, origin } = new URL(redirect);
  return origin === 'null' ? protocol : origin;
}
