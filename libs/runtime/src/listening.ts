import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';

/**
 * libuv takes one connection from a listening socket in each turn of its loop (libuv/libuv#3696). Under load a turn takes 50 ms, and each hook is a
 * process of a moment with a connection of its own: 20 of them would come in a second. The kernel spreads connections over sockets on one address
 * that share it (`SO_REUSEPORT`), so that a turn takes as many as there are sockets.
 */
const SOCKETS = 64;

/**
 * Resolves to the port once the server takes connections at the address; port 0 is any. Rejects as `listen` of Node does, also where another server of this user shares
 * the address. The server's `close` is for all its sockets.
 */
export async function listen(server: HttpServer, host: string, port: number): Promise<number> {
  // Elsewhere the last socket would get all connections.
  if (process.platform !== 'linux') return listenOn(server, { host, port });
  const free = await freePort(host, port);
  // As an HTTP server makes them.
  const further = Array.from({ length: SOCKETS - 1 }, () => createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket)));
  closeTogether(server, further);
  for (const each of [server, ...further]) await listenOn(each, { host, port: free, reusePort: true });
  return free;
}

/** A server knows only of those connections that came by its own socket: by itself it would take itself for closed while others are being answered. */
function closeTogether(server: HttpServer, further: readonly Server[]): void {
  const closeOwn = server.close.bind(server);
  server.close = (onClosed) => {
    const others = Promise.all(further.map(closed));
    return closeOwn((error) => void others.then(() => onClosed?.(error)));
  };
}

/** Asked without sharing: only then is somebody there in the way. */
async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  const free = await listenOn(probe, { host, port });
  await closed(probe);
  return free;
}

async function listenOn(server: Server, where: { host: string; port: number; reusePort?: true }): Promise<number> {
  server.listen(where);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
