import { get, type IncomingHttpHeaders } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../sign-on/chromium.js';
import { Visit } from '../web/visit.js';
import { productOf } from './client.js';

let chromium: Browser;
beforeAll(async () => {
  chromium = await openChromium();
});
afterAll(() => chromium.close());

describe('the files of the web', () => {
  const { url } = productOf('standalone');
  /** As they go over the wire: `fetch` would unpack them. */
  const packed = (path: string, headers: Record<string, string> = {}) => new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: number }>((resolve, reject) => {
    get(url + path, { headers: { 'accept-encoding': 'br', ...headers } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, bytes }));
    }).on('error', reject);
  });

  it('are under 200 KB of script at first, packed', async () => {
    const scripts = [...(await (await fetch(url)).text()).matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    const sizes = await Promise.all(scripts.map(async (path) => (await packed(path)).bytes));
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(200_000);
  });

  it('are kept for good where their name has their hash, and the page that names them never', async () => {
    const page = await packed('/');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; .*require-trusted-types-for 'script'/) });
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const [, script] = /src="(\/assets\/index-[^"]+\.js)"/.exec(await (await fetch(url)).text())!;
    const asset = await packed(script!);
    expect(asset.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br', vary: expect.stringContaining('Accept-Encoding'), 'content-type': 'text/javascript; charset=utf-8' });
    expect((await packed(script!, { 'if-none-match': asset.headers.etag! })).status).toBe(304);
    expect((await packed(script!, { 'accept-encoding': 'identity' })).headers['content-encoding']).toBeUndefined();
  });

  it.each(['/assets/none.js', '/api/v1/nowhere', '/mcp/x', '/hook', '/git/x', '/scim/v2/x', '/wx', '/assets/..%2findex.html'])('are not what %s is answered', async (path) => {
    const { status, headers } = await packed(path);
    expect([status >= 400, headers['content-type']?.includes('text/html') ?? false]).toEqual([true, false]);
  });
});

describe('a person who set their browser so', () => {
  it('reads German, in the dark, and keeps what they choose here instead', async () => {
    const visit = await Visit.begin(chromium, productOf('standalone').url, [], { locale: 'de-AT', colorScheme: 'dark' });
    const ground = () => visit.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await visit.open('/');
    expect([await visit.heading(), await visit.page.evaluate('document.documentElement.lang'), await ground()]).toEqual(['Start', 'de', 'rgb(14, 16, 18)']);
    for (const choice of ['Hell', 'English']) {
      await visit.page.getByRole('button', { name: /Konto/ }).click();
      await visit.page.getByRole('menuitemradio', { name: choice }).click();
    }
    await visit.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect([await ground(), await visit.barriers(), visit.complaints]).toEqual(['rgb(255, 255, 255)', [], []]);
    await visit.close();
  });
});
