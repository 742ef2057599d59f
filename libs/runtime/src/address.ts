import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineFault, Fault } from '#libs/faults';

const ADDRESS_UNUSABLE = defineFault('runtime.address-unusable', 'unavailable', 'The address cannot be listened on. Choose another one.');

/** A gateway whose launcher was killed needs a moment to let go. */
const PATIENCE_MS = 1_500;
const POLL_MS = 50;

/** `host:port` as servers take it; an IPv6 host is in brackets. */
export function partsOf(bind: string): { host: string; port: number } {
  const split = bind.lastIndexOf(':');
  return { host: bind.slice(0, split).replace(/^\[|\]$/g, ''), port: Number(bind.slice(split + 1)) };
}

/** Throws a fault that says what to do if nobody can listen there now; asked before a start makes a database for nothing. */
export async function requireFreeAddress(bind: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let error = await listenError(bind); error; error = await listenError(bind)) {
    if (error.code !== 'EADDRINUSE' || Date.now() > deadline) throw addressFault(bind, error);
    await sleep(POLL_MS);
  }
}

function listenError(bind: string): Promise<NodeJS.ErrnoException | undefined> {
  const { host, port } = partsOf(bind);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** What a person is told of an error of `listen`. */
export function addressFault(bind: string, error: NodeJS.ErrnoException): Fault {
  const problem = error.code === 'EADDRINUSE' ? 'is in use by another program. Stop it, or choose' : `cannot be listened on (${error.code}). Choose`;
  return new Fault(ADDRESS_UNUSABLE, { sentence: `${bind} ${problem} another address with AI_MEMORY_BIND.`, cause: error });
}
