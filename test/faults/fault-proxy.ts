import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What is done to what passes: let through, cut off with a reset, left without a word, or delivered later. */
export type Condition = 'open' | 'cut' | 'silent' | { readonly delayMs: number };

/** Whose ends of connections these local ports are; without those that nobody of ours has. */
export type OwnersOf = (ports: readonly number[]) => ReadonlyMap<number, string>;

const OPEN: Condition = 'open';
const everybody = '*';

/** Stands between clients and a server on loopback, and does to a connection what is asked for everybody or for its owner. */
export class FaultProxy {
  private readonly links = new Set<Link>();
  private readonly conditions = new Map<string, Condition>();

  private constructor(private readonly server: Server, public upstreamPort: number, private readonly ownersOf: OwnersOf) {
    server.on('connection', (client) => this.accept(client));
  }

  static async listen(upstreamPort: number, ownersOf: OwnersOf = () => new Map()): Promise<FaultProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FaultProxy(server, upstreamPort, ownersOf);
  }

  /** Connections that were accepted and are not known to have ended. */
  get connections(): number {
    return this.links.size;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Holds for connections that are there and for new ones. What was silent never speaks again: its other end is gone. */
  set(condition: Condition, owner = everybody): void {
    if (condition === OPEN) this.conditions.delete(owner);
    else this.conditions.set(owner, condition);
    const owners = owner === everybody ? undefined : this.ownersOf(Array.from(this.links, ({ clientPort }) => clientPort));
    for (const link of this.links) if (!owners || owners.get(link.clientPort) === owner) link.set(condition);
  }

  async close(): Promise<void> {
    for (const link of this.links) link.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    const link = new Link(client, this.upstreamPort, () => this.links.delete(link));
    this.links.add(link);
    link.set(this.conditions.get(everybody) ?? this.conditionOfOwner(link) ?? OPEN);
  }

  private conditionOfOwner({ clientPort }: Link): Condition | undefined {
    return this.conditions.size === 0 ? undefined : this.conditions.get(this.ownersOf([clientPort]).get(clientPort) ?? '');
  }
}

class Link {
  readonly clientPort: number;
  private readonly upstream: Socket;
  private condition: Condition = OPEN;

  constructor(private readonly client: Socket, upstreamPort: number, private readonly onEnd: () => void) {
    this.clientPort = client.remotePort ?? 0;
    this.upstream = connect(upstreamPort, '127.0.0.1');
    this.pass(client, this.upstream);
    this.pass(this.upstream, client);
  }

  set(condition: Condition): void {
    if (this.condition === 'silent') return;
    this.condition = condition;
    if (condition === 'cut') this.destroy();
  }

  destroy(): void {
    for (const socket of [this.client, this.upstream]) reset(socket);
    this.onEnd();
  }

  private pass(from: Socket, to: Socket): void {
    const line = new Line();
    const later = (action: () => void) => line.add(typeof this.condition === 'object' ? this.condition.delayMs : 0, () => this.unlessSilent(action));
    from.setNoDelay(true);
    from.on('data', (chunk) => later(() => to.write(chunk)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => this.unlessSilent(() => this.destroy()));
    from.on('close', () => this.unlessSilent(this.onEnd));
  }

  private unlessSilent(action: () => void): void {
    if (this.condition !== 'silent') action();
  }
}

/** One that is ending can't be reset: Node would keep it, and turn round over it for ever. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** Does things later, in order whatever the delays: each is due no earlier than the one before. */
class Line {
  private readonly waiting: { at: number; action: () => void }[] = [];

  add(delayMs: number, action: () => void): void {
    if (delayMs === 0 && this.waiting.length === 0) return action();
    this.waiting.push({ at: Date.now() + delayMs, action });
    if (this.waiting.length === 1) this.waitForFirst();
  }

  private waitForFirst(): void {
    const [first] = this.waiting;
    if (!first) return;
    setTimeout(() => {
      this.waiting.shift();
      first.action();
      this.waitForFirst();
    }, Math.max(0, first.at - Date.now()));
  }
}
