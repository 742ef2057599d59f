import { randomBytes } from 'node:crypto';
import { makeToken } from '../../apps/gateway/src/identity/access-token.js';
import { Browser, tryCode } from './oauth-browser.js';
import { REDIRECT } from './oauth-clients.js';
import type { OAuthFlow } from './oauth-flow.js';

const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** How a device says who it is. */
export const DEVICE = { client_id: 'ai-memory-cli', grant_type: 'urn:ietf:params:oauth:grant-type:device_code' };

/** Begins a device's sign-in, and gives its code. */
export async function beginDevice(flow: OAuthFlow, address?: string): Promise<string> {
  return String((await flow.post('/oauth/device/authorize', { client_id: DEVICE.client_id, scope: 'memory:read' }, address)).json.device_code);
}

/** One guess each at a device code, an authorization code, a refresh token and a user code; what is said of them. */
export async function guessCodes(flow: OAuthFlow, clientId: string, address: string): Promise<string[]> {
  const made = randomBytes(32).toString('base64url');
  const tried = await Promise.all([
    flow.post('/oauth/token', { ...DEVICE, device_code: made }, address),
    flow.post('/oauth/token', { grant_type: 'authorization_code', client_id: clientId, code: made, redirect_uri: REDIRECT, code_verifier: made }, address),
    flow.post('/oauth/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: makeToken('ort') }, address),
  ]);
  const code = Array.from(randomBytes(8), (byte) => USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length]).join('');
  const page = await tryCode(new Browser(flow.url, address), code);
  return [...tried.map(({ json }) => String(json.error)), page.text.includes('not known') ? 'unknown code' : page.text];
}
