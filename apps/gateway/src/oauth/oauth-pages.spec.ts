import { describe, expect, it } from 'vitest';
import { html } from './oauth-page.js';
import { type Asking, consentPage, deviceDonePage, formTargetOf, problemPage, signInPage, userCodePage } from './oauth-pages.js';

const NASTY = `</dd><script>alert(1)</script><img src=x onerror="alert('2')">`;
const ASKING: Asking = { kind: 'device', clientName: NASTY, clientHost: NASTY, redirect: null, device: { address: NASTY, program: NASTY }, scopes: ['memory:read'] };
const AGENT: Asking = { kind: 'agent', clientName: 'Claude Code', clientHost: null, redirect: 'http://127.0.0.1:3334/callback?x=1', device: null, scopes: ['memory:read', 'pages:write'] };

const PAGES = [
  ['sign-in', signInPage(ASKING, 'uid', NASTY)], ['consent', consentPage(ASKING, { name: NASTY, organisation: NASTY, projects: [{ projectId: 'x', workspace: NASTY, project: NASTY }] }, 'uid')], ['user code', userCodePage(html`<form></form>`, NASTY)], ['done', deviceDonePage()], ['problem', problemPage(NASTY)],
] as const;

describe('a page', () => {
  it.each(PAGES)('%s shows what others wrote as text alone', (_name, { text }) => {
    expect(text).not.toMatch(/<script|<img|onerror="/);
  });

  it.each(PAGES)('%s runs no script, loads nothing, stands in no frame and is kept nowhere', (_name, { headers }) => {
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('that asks says who asks, where the answer goes, what it will mean, as whom, and whether you started it', () => {
    const { text, headers } = consentPage(AGENT, { name: 'ada', organisation: 'acme', projects: [{ projectId: 'x', workspace: 'team', project: 'shop' }] }, 'uid');
    for (const said of ['Did you start this?', 'Claude Code', 'it says so itself', 'http://127.0.0.1:3334/callback', 'search and read the memory', 'pages:write', 'ada', 'acme', 'team/shop']) expect(text).toContain(said);
    expect(headers['content-security-policy']).toContain("form-action 'self' http://127.0.0.1:3334;");
  });

  it.each([['https://app.example.com/a?b', 'https://app.example.com'], ['cursor://anysphere.cursor/oauth', 'cursor:'], ['com.example.app:/cb', 'com.example.app:']])('may lead its form to %s as %s', (redirect, target) => expect(formTargetOf(redirect)).toBe(target));
});
