import type { Request } from 'express';
import { type GatewayConfig, isLoopback } from '../gateway.config.js';
import { browserCookie, type BrowserCookie } from './cookies.js';

/** Whether browsers reach this server over TLS: wherever it is not on loopback, or says so itself. */
export function isSecureFor({ AI_MEMORY_PUBLIC_URL: url, AI_MEMORY_BIND: bind }: GatewayConfig): boolean {
  return url ? url.startsWith('https:') : !isLoopback(bind);
}

/** Where browsers find this server: as the operator says, else as the browser says, whose Host the door has checked. */
export function publicOrigin(config: GatewayConfig, { headers }: Pick<Request, 'headers'>): string {
  return config.AI_MEMORY_PUBLIC_URL ?? `${isSecureFor(config) ? 'https' : 'http'}://${headers.host}`;
}

/** The cookie of a signed-in browser. */
export function signInCookie(config: GatewayConfig): BrowserCookie {
  return browserCookie('sid', isSecureFor(config));
}

/** The cookie of a browser that is on its way to an identity provider. */
export function attemptCookie(config: GatewayConfig): BrowserCookie {
  return browserCookie('signing-in', isSecureFor(config));
}
