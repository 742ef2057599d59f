import { createHash, randomBytes } from 'node:crypto';

export interface Page {
  status: number;
  text: string;
  headers: Headers;
  /** Where the browser is led, absolute; null where it stays. */
  location: string | null;
}

/** A browser as far as the pages need one: cookies by path, forms, redirects on demand. It runs no script, and nothing here may need one. */
export class Browser {
  private cookies: { name: string; value: string; path: string }[] = [];

  constructor(readonly origin: string, private readonly address = '127.0.0.1') {}

  async open(address: string, form?: Readonly<Record<string, string | readonly string[]>>): Promise<Page> {
    const url = new URL(address, this.origin);
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET', redirect: 'manual', signal: AbortSignal.timeout(30_000),
      headers: { cookie: this.sentTo(url), 'x-forwarded-for': this.address, ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin } : {}) },
      body: form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]))).toString(),
    });
    response.headers.getSetCookie().forEach((line) => this.keep(line));
    const location = response.headers.get('location');
    return { status: response.status, text: await response.text(), headers: response.headers, location: location && new URL(location, url).href };
  }

  private sentTo({ pathname }: URL): string {
    return this.cookies.filter(({ path }) => pathname.startsWith(path)).map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private keep(line: string): void {
    const [pair, ...attributes] = line.split(';').map((each) => each.trim());
    const name = pair!.slice(0, pair!.indexOf('='));
    const value = pair!.slice(name.length + 1);
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    this.cookies = this.cookies.filter((each) => each.name !== name || each.path !== path);
    if (value) this.cookies.push({ name, value, path });
  }
}

/** What a person does from the moment their browser opens: signs in by their token where asked, and answers. Gives the page after the answer. */
export async function answer(browser: Browser, address: string, token: string, decision: 'allow' | 'deny', projects: readonly string[] = []): Promise<Page> {
  const asked = await browser.open(address);
  if (!asked.location?.includes('/oauth/interaction/')) throw new Error(`Nothing is asked: ${asked.status} ${asked.text}`);
  return decide(browser, asked.location, token, decision, projects);
}

export async function decide(browser: Browser, interaction: string, token: string, decision: 'allow' | 'deny', projects: readonly string[] = []): Promise<Page> {
  const first = await browser.open(interaction);
  if (first.text.includes('name="token"')) {
    const signedIn = await browser.open(`${interaction}/sign-in`, { token });
    if (signedIn.status !== 303) return signedIn;
  }
  const decided = await browser.open(interaction, { decision, project: projects });
  return decided.location?.startsWith(browser.origin) ? browser.open(decided.location) : decided;
}

/** Enters a code that a device shows, and agrees. */
export async function enterCode(browser: Browser, code: string, token: string, projects: readonly string[] = []): Promise<Page> {
  const tried = await tryCode(browser, code);
  const xsrf = xsrfIn(tried.text);
  const confirmed = await browser.open('/oauth/device', { xsrf, user_code: code, confirm: 'yes' });
  if (!confirmed.location) return confirmed;
  return decide(browser, confirmed.location, token, 'allow', projects);
}

export async function tryCode(browser: Browser, code: string): Promise<Page> {
  const { text } = await browser.open('/oauth/device');
  return browser.open('/oauth/device', { xsrf: xsrfIn(text), user_code: code });
}

function xsrfIn(text: string): string {
  return /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

export interface Pkce {
  verifier: string;
  challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
