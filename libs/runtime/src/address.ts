import { createServer } from 'node:net';
import { defineFault, Fault } from '#libs/faults';

const ADDRESS_UNUSABLE = defineFault('runtime.address-unusable', 'unavailable', 'The address cannot be listened on. Choose another one.');

/** `host:port` as servers take it; an IPv6 host is in brackets. */
export function partsOf(bind: string): { host: string; port: number } {
  const split = bind.lastIndexOf(':');
  return { host: bind.slice(0, split).replace(/^\[|\]$/g, ''), port: Number(bind.slice(split + 1)) };
}

/** Throws a fault that says what to do if nobody can listen there now; asked before a start makes a database for nothing. */
export async function requireFreeAddress(bind: string): Promise<void> {
  const { host, port } = partsOf(bind);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', (error) => reject(addressFault(bind, error))).listen(port, host, resolve));
  await new Promise((resolve) => probe.close(resolve));
}

/** What a person is told of an error of `listen`. */
export function addressFault(bind: string, error: NodeJS.ErrnoException): Fault {
  const problem = error.code === 'EADDRINUSE' ? 'is in use by another program. Stop it, or choose' : `cannot be listened on (${error.code}). Choose`;
  return new Fault(ADDRESS_UNUSABLE, { sentence: `${bind} ${problem} another address with AI_MEMORY_BIND.`, cause: error });
}
