import type { Request, Response } from 'express';

const PART = /^\s*([^=\s]+)\s*=\s*"?([^";]*?)"?\s*$/;

/** The value of a cookie; undefined where it is absent or sent twice, which no browser does with ours. */
export function cookieOf({ headers }: Pick<Request, 'headers'>, name: string): string | undefined {
  const found = (headers.cookie ?? '').split(';').map((part) => PART.exec(part)).filter((match) => match?.[1] === name);
  return found.length === 1 ? found[0]![2] : undefined;
}

export interface BrowserCookie {
  name: string;
  isSecure: boolean;
}

/**
 * Over TLS the name says that only this host can have set it, for all of its paths. A browser refuses that prefix on
 * plain http, which only a server on loopback speaks to it.
 */
export function browserCookie(name: string, isSecure: boolean): BrowserCookie {
  return { name: isSecure ? `__Host-${name}` : `ai-memory-${name}`, isSecure };
}

export function setCookie(response: Response, { name, isSecure }: BrowserCookie, value: string, lifeMs: number): void {
  response.cookie(name, value, { httpOnly: true, secure: isSecure, sameSite: 'lax', path: '/', maxAge: lifeMs, encode: String });
}

export function clearCookie(response: Response, { name, isSecure }: BrowserCookie): void {
  response.clearCookie(name, { httpOnly: true, secure: isSecure, sameSite: 'lax', path: '/' });
}
