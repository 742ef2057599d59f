import type { Cookie } from 'playwright-core';
import { Client } from '../system/client.js';

const PASSWORD = 'green ladder under rain';

/** Signs a user in by password, as the form does, and gives what a browser keeps of it. */
export async function signInCookies(owner: Client, organisation: string, userId: string, name: string): Promise<Cookie[]> {
  const set = await owner.send('PUT', `/api/v1/users/${userId}/password`, { password: PASSWORD });
  if (set.status >= 300) throw new Error(`${set.status} ${set.text}`);
  const response = await fetch(`${owner.url}/auth/password`, { method: 'POST', redirect: 'manual', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ organisation, login: name, password: PASSWORD }) });
  if (response.status !== 303) throw new Error(`${name} is not signed in: ${response.status} ${await response.text()}`);
  const { hostname } = new URL(owner.url);
  return response.headers.getSetCookie().map((line) => {
    const [, cookie, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    return { name: cookie!, value: value!, domain: hostname, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const };
  });
}

/** A new user of a role in the organisation, signed in. */
export async function newPerson(owner: Client, organisation: string, name: string, role: 'owner' | 'admin' | 'member' | 'viewer'): Promise<Cookie[]> {
  const { json, status, text } = await owner.post<{ user: { user_id: string } }>('/api/v1/users', { name, email: `${name}@example.com`, role });
  if (status >= 300) throw new Error(`${status} ${text}`);
  return signInCookies(owner, organisation, json.user.user_id, name);
}

/** The user of a client, signed in. */
export async function signedIn(client: Client): Promise<Cookie[]> {
  const { user, organisation } = (await client.get<{ user: { user_id: string; name: string }; organisation: { name: string } }>('/api/v1/me')).json;
  return signInCookies(client, organisation.name, user.user_id, user.name);
}
