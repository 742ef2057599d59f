import ipaddr from 'ipaddr.js';

const NETWORK_GROUPS = 4;

/** Programs of this machine: who gets that far has easier ways than guessing, and a block would be everybody's. */
export function isLoopback(address: string | null): boolean {
  return address !== null && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** What counts as one source: an IPv4 address, or the 64 bits that one customer gets of IPv6. */
export function sourceOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${(parsed as ipaddr.IPv6).parts.slice(0, NETWORK_GROUPS).map((part) => part.toString(16)).join(':')}::/64`;
}
