import { lookup as resolve, type LookupAddress, type LookupAllOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';
import { defineFault, Fault } from '#libs/faults';

export const ADDRESS_REFUSED = defineFault('models.address-refused', 'invalid', 'The address may not be called. Use https and a public host, or ask the operator to allow private ones.');

type Callback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** Anything but public unicast: loopback, private and link-local networks, cloud metadata, and IPv6 forms of them. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/** Throws ADDRESS_REFUSED for a URL that no name has to be resolved for to know that it may not be called. */
export function refuseUncallable(url: string): void {
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:') throw new Fault(ADDRESS_REFUSED, { sentence: 'The address must begin with https://.' });
  if (username !== '' || password !== '') throw new Fault(ADDRESS_REFUSED, { sentence: 'The address must not hold a user or password.' });
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !isPublicAddress(literal)) throw new Fault(ADDRESS_REFUSED);
}

/** Resolves a name for a connection, and refuses it when any of its addresses is not public: the connection uses what was checked. */
export function lookupPublic(hostname: string, options: LookupAllOptions, callback: Callback): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new Fault(ADDRESS_REFUSED, { detail: hostname }), []);
    callback(null, addresses);
  });
}
