export interface Page {
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

/** As much of a browser as signing in takes: cookies by host, redirects, and what it says of where a request comes from. */
export class CookieBrowser {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Follows redirects, at most ten, to a page. */
  async open(url: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    let [next, body] = [new URL(url), form && new URLSearchParams(form)];
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await this.request(next, body, headers);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) return { url: next.href, status: response.status, headers: response.headers, text: await response.text() };
      await response.body?.cancel();
      [next, body] = [new URL(location, next), undefined];
    }
    throw new Error('Too many redirects');
  }

  /** The cookie of a host, as the server set it. */
  cookie(origin: string, name: string): string | undefined {
    return this.cookies.get(new URL(origin).host)?.get(name);
  }

  setCookie(origin: string, name: string, value: string): void {
    this.jarOf(new URL(origin).host).set(name, value);
  }

  private async request(url: URL, body: URLSearchParams | undefined, headers: Record<string, string>): Promise<Response> {
    const jar = this.jarOf(url.host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = { ...(cookie ? { cookie } : {}), ...(body ? { 'sec-fetch-site': 'same-origin', origin: url.origin } : {}) };
    const response = await fetch(url, { method: body ? 'POST' : 'GET', body, headers: { ...own, ...headers }, redirect: 'manual', signal: AbortSignal.timeout(20_000) });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '' || attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each))) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  private jarOf(host: string): Map<string, string> {
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    return jar;
  }
}
