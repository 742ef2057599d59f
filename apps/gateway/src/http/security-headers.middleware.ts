import type { NextFunction, Request, Response } from 'express';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Right for JSON; a page that a browser shows sets its own.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What every answer tells a browser. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.removeHeader('X-Powered-By');
  response.set(HEADERS);
  next();
}

/** Answers hold one tenant's data: no shared cache may keep them, and no cache at all what a change answered (a token, say). */
export function privateAnswers(request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', request.method === 'GET' || request.method === 'HEAD' ? 'private, no-cache' : 'no-store');
  response.vary('Authorization');
  next();
}
