import type { NextFunction, Request, Response } from 'express';
import { Fault } from '#libs/faults';
import { type GatewayConfig, isLoopback } from '../gateway.config.js';
import { HOST_FOREIGN, ORIGIN_FOREIGN } from './auth.faults.js';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that a web page smuggled here: on loopback any Host but a local name (DNS rebinding), and everywhere an
 * Origin that is neither the Host itself nor allowed. Runs before authentication.
 */
export function hostCheck(config: GatewayConfig): (request: Request, response: Response, next: NextFunction) => void {
  const listed = config.AI_MEMORY_ALLOWED_HOSTS;
  const own = config.AI_MEMORY_PUBLIC_URL ? [new URL(config.AI_MEMORY_PUBLIC_URL).hostname] : [];
  const names = isLoopback(config.AI_MEMORY_BIND) ? [...LOCAL_NAMES, ...own, ...listed] : listed.length > 0 ? [...own, ...listed] : [];
  const isServed = (name: string): boolean => names.length === 0 || names.includes(name);
  return (request, _response, next) => {
    const host = nameOf(request.headers.host ?? '');
    if (!isServed(host)) return next(new Fault(HOST_FOREIGN));
    const origin = request.headers.origin;
    if (origin !== undefined && !isOwnOrigin(origin, host, names)) return next(new Fault(ORIGIN_FOREIGN));
    next();
  };
}

function isOwnOrigin(origin: string, host: string, names: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const name = new URL(origin).hostname.toLowerCase();
  return name === host || names.includes(name);
}

/** Host header without its port, in lower case. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
