import { type Markup, markup, pageOf } from './markup.js';
import { PASSWORD_CHARS_MIN } from './password-policy.js';

export interface SignInPage {
  organisation: string;
  returnTo: string;
  hasProvider: boolean;
  /** What went wrong before. */
  problem?: string;
  login?: string;
}

/** Where a person says to which organisation they belong. */
export function organisationPage(returnTo: string): string {
  return pageOf('Sign in', markup`
<form method="get" action="/auth/sign-in">
<input type="hidden" name="return_to" value="${returnTo}">
<label for="organisation">Your organisation</label>
<input id="organisation" name="organisation" required autofocus autocomplete="organization" autocapitalize="none" spellcheck="false" maxlength="63">
<button>Continue</button>
</form>`);
}

/** Where a person says who they are: at their identity provider, or by name and password. */
export function signInPage({ organisation, returnTo, hasProvider, problem, login = '' }: SignInPage): string {
  const query = new URLSearchParams({ organisation, return_to: returnTo }).toString();
  const provider = hasProvider ? markup`<a class="button" href="/auth/login?${query}">Continue with your organisation’s account</a>
<div class="or">or with a password of this server</div>` : null;
  return pageOf(`Sign in to ${organisation}`, markup`${problemOf(problem)}${provider}
<form method="post" action="/auth/password">
<input type="hidden" name="organisation" value="${organisation}">
<input type="hidden" name="return_to" value="${returnTo}">
<label for="login">Name or e-mail</label>
<input id="login" name="login" value="${login}" required autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320">
<label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password" maxlength="1024">
<button>Sign in</button>
</form>
<p><small><a href="/auth/sign-in">Another organisation</a></small></p>`);
}

/** Where an invited person chooses a password. */
export function invitationPage(code: string, { name, organisation }: { name: string; organisation: string }, problem?: string): string {
  return pageOf(`Welcome to ${organisation}`, markup`${problemOf(problem)}
<p>You are <strong>${name}</strong> here. Choose a password: ${PASSWORD_CHARS_MIN} characters or more, for instance a few words in a row.</p>
<form method="post" action="/auth/invitation">
<input type="hidden" name="code" value="${code}">
<input type="hidden" name="login" value="${name}" autocomplete="username">
<label for="password">Password</label>
<input id="password" name="password" type="password" required autofocus autocomplete="new-password" maxlength="1024">
<button>Sign in</button>
</form>`);
}

/** What a person is told who could not be served. */
export function problemPage(title: string, sentence: string): string {
  return pageOf(title, markup`${problemOf(sentence)}
<a class="button" href="/auth/sign-in">Sign in</a>`);
}

/** Signed out here; the provider, where it can be asked, is next. */
export function signedOutPage(endSessionUrl: string | null): string {
  if (endSessionUrl === null) return pageOf('You are signed out', markup`<a class="button" href="/auth/sign-in">Sign in again</a>`);
  return pageOf('You are signed out here', markup`
<p>Now at your identity provider …</p>
<a class="button" href="${endSessionUrl}">Sign out there</a>`, { refreshTo: endSessionUrl });
}

function problemOf(problem: string | undefined): Markup | null {
  return problem === undefined ? null : markup`<p class="problem" role="alert">${problem}</p>`;
}
