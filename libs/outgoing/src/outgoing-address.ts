import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';
import { defineFault, Fault } from '#libs/faults';

export const ADDRESS_REFUSED = defineFault('outgoing.address-refused', 'invalid', 'The address may not be called. Use https and a public host, or ask the operator to allow private ones.');

export interface OutgoingRules {
  /** Whether the operator vouches for a host, which may then be in a private network and without TLS. */
  mayBePrivate(hostname: string): boolean;
  /** Of a whole exchange; none where the caller sets its own. */
  timeoutMs?: number;
}

type Callback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Resolve = (hostname: string, options: LookupAllOptions, callback: Callback) => void;

/** What IANA has given out to be routed; everything else in IPv6 is reserved, or holds an IPv4 address in some way. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Anything but public unicast: loopback, private and link-local networks, cloud metadata, and IPv6 forms of them. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_V6));
}

/** Throws ADDRESS_REFUSED for a URL of which no name has to be resolved to know that it may not be called. */
export function refuseUncallable(url: string, rules: Pick<OutgoingRules, 'mayBePrivate'>): void {
  if (!URL.canParse(url)) throw new Fault(ADDRESS_REFUSED);
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') throw new Fault(ADDRESS_REFUSED, { sentence: 'The address must not hold a user or password.' });
  if (rules.mayBePrivate(hostname) && (protocol === 'https:' || protocol === 'http:')) return;
  if (protocol !== 'https:') throw new Fault(ADDRESS_REFUSED, { sentence: 'The address must begin with https://.' });
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !isPublicAddress(literal)) throw new Fault(ADDRESS_REFUSED);
}

/**
 * Resolves a name for a connection, once, and refuses it when any of its addresses is not public. The connection is made to
 * what was checked, so that a name which changes its mind in between gains nothing.
 */
export function publicLookup(resolve: Resolve = lookup): Resolve {
  return (hostname, options, callback) => resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new Fault(ADDRESS_REFUSED, { detail: hostname }), []);
    callback(null, addresses);
  });
}
