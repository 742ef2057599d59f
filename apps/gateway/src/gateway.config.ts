import { z } from 'zod';
import { Flag } from '#libs/config';
import { SealingConfig } from '#libs/sealing';

const PORT_MAX = 65_535;
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

export const GatewayConfig = z.object({
  AI_MEMORY_BIND: z.string().regex(/^.+:\d{1,5}$/, { error: 'must be host:port, for instance 127.0.0.1:49374', abort: true }).refine((bind) => Number(bind.split(':').at(-1)) <= PORT_MAX, `must have a port up to ${PORT_MAX}`).default('127.0.0.1:49374').describe('Where the public door listens.'),
  AI_MEMORY_REQUIRE_AUTH: Flag.default(false).describe('1 asks for a token on loopback too. On any other address a token is always required.'),
  AI_MEMORY_AUTH_TOKEN: z.string().min(32, 'must have at least 32 characters').max(512).optional().describe('The bootstrap owner\'s token; any string of at least 32 characters.'),
  AI_MEMORY_ALLOWED_HOSTS: z.string().optional().transform((list) => list?.split(',').map((host) => host.trim().toLowerCase()).filter(Boolean) ?? []).describe('Further Host names to answer to, separated by commas. On loopback only local names are answered to.'),
  ...SealingConfig.shape,
  AI_MEMORY_PUBLIC_URL: z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).href === `${new URL(url).origin}/`, 'must be a scheme and a host, without a path').transform((url) => new URL(url).origin).optional().describe('The address at which people and agents reach this server, for instance https://memory.example.com. Unset: where it listens, on loopback; elsewhere what browsers say, and no sign-in of agents.'),
  AI_MEMORY_TRUSTED_PROXIES: z.string().optional().transform((list) => list?.split(',').map((address) => address.trim()).filter(Boolean) ?? []).describe('Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas.'),
  AI_MEMORY_ORGANISATION: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/).default('default').describe('Name of the organisation that the first start creates.'),
});
/** Injection token of the parsed section. */
export const GATEWAY_CONFIG = Symbol('GatewayConfig');
export type GatewayConfig = z.output<typeof GatewayConfig>;

/** Host part of a bind address. */
export function hostOf(bind: string): string {
  return bind.slice(0, bind.lastIndexOf(':'));
}

/** Whether only programs of this machine reach the server: it is on loopback, and nobody says that it is found anywhere else. */
export function isForThisMachine({ AI_MEMORY_BIND: bind, AI_MEMORY_PUBLIC_URL: url }: Pick<GatewayConfig, 'AI_MEMORY_BIND' | 'AI_MEMORY_PUBLIC_URL'>): boolean {
  return isLoopback(bind) && (url === undefined || LOOPBACK.test(new URL(url).hostname));
}

export function isLoopback(bind: string): boolean {
  return LOOPBACK.test(hostOf(bind));
}
