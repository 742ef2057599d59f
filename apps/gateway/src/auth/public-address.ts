import { type GatewayConfig, isLoopback } from '../gateway.config.js';

const LOCAL_ORIGIN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Under what address people and agents know this server. */
export interface PublicAddress {
  /** Scheme, host and port, without a slash at the end. Who issues tokens of OAuth. */
  readonly origin: string;
  /** What tokens of OAuth are for. */
  readonly resource: string;
  /** Whether a URL is that resource, under any name that this server has. Queries count for nothing: they choose a toolset or a project. */
  isResource(url: string): boolean;
}

/** Undefined where nobody has said it and it can't be known: then there is no sign-in by OAuth. */
export function publicAddress(config: Pick<GatewayConfig, 'AI_MEMORY_BIND' | 'AI_MEMORY_PUBLIC_URL'>): PublicAddress | undefined {
  const origin = config.AI_MEMORY_PUBLIC_URL ?? localOrigin(config.AI_MEMORY_BIND);
  if (!origin) return undefined;
  const origins = new Set([origin, ...(isLoopback(config.AI_MEMORY_BIND) && !config.AI_MEMORY_PUBLIC_URL ? LOCAL_ORIGIN_NAMES.map((name) => `http://${name}:${portOf(config.AI_MEMORY_BIND)}`) : [])]);
  const isResource = (url: string): boolean => {
    if (!URL.canParse(url)) return false;
    const { origin: named, pathname, hash } = new URL(url);
    return origins.has(named) && pathname === '/mcp' && hash === '';
  };
  return { origin, resource: `${origin}/mcp`, isResource };
}

function localOrigin(bind: string): string | undefined {
  return isLoopback(bind) && portOf(bind) !== '0' ? new URL(`http://${bind}`).origin : undefined;
}

function portOf(bind: string): string {
  return bind.slice(bind.lastIndexOf(':') + 1);
}
