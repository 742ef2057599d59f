import type { NextFunction, Request, Response } from 'express';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Right for JSON; a page that a browser shows sets its own.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

const TLS_HEADERS = { 'Strict-Transport-Security': 'max-age=31536000' };

/** What every answer tells a browser, those to refused requests too; where browsers come over TLS, that they never come without. */
export function securityHeaders(isSecure: boolean): (request: Request, response: Response, next: NextFunction) => void {
  const headers = isSecure ? { ...HEADERS, ...TLS_HEADERS } : HEADERS;
  return (_request, response, next) => {
    response.removeHeader('X-Powered-By');
    response.set(headers);
    next();
  };
}

/** Answers hold one tenant's data: no shared cache may keep them, and no cache at all what a change answered (a token, say). */
export function privateAnswers(request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', request.method === 'GET' || request.method === 'HEAD' ? 'private, no-cache' : 'no-store');
  response.vary('Authorization, Cookie');
  next();
}
