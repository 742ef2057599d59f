/** Who has been silent for so many beats is asked no more until heard again: its connection may be dead without anybody having been told. */
const SILENT_BEATS_MAX = 4;
/** Who has been silent for so many is not counted on any more. */
const FORGOTTEN_BEATS = 30;

interface Peer {
  apps: readonly string[];
  silentBeats: number;
  /** Requests of this process that wait for its answer. */
  inFlight: number;
}

/** The processes that serve, as far as this one has heard of them. Beats are counted, not timed: a process that was held up itself has not heard anybody. */
export class Peers {
  private readonly peers = new Map<string, Peer>();

  /** What a process says of itself with each beat: which apps it serves. */
  heard(name: string, apps: readonly string[]): void {
    const known = this.peers.get(name);
    if (known) Object.assign(known, { apps, silentBeats: 0 });
    else this.peers.set(name, { apps, silentBeats: 0, inFlight: 0 });
  }

  left(name: string): void {
    this.peers.delete(name);
  }

  beatPassed(): void {
    for (const [name, peer] of this.peers) {
      peer.silentBeats += 1;
      if (peer.silentBeats >= FORGOTTEN_BEATS) this.peers.delete(name);
    }
  }

  /** Silence does not count that is this process's own: it was cut off. */
  excuseAll(): void {
    for (const peer of this.peers.values()) peer.silentBeats = 0;
  }

  /** Of those that are there and serve the app, but for some, the one with the least of this process's requests in hand; any of several. */
  leastBusy(app: string, except: ReadonlySet<string>): string | undefined {
    const there = [...this.peers].filter(([name, { apps, silentBeats }]) => silentBeats < SILENT_BEATS_MAX && apps.includes(app) && !except.has(name));
    const least = Math.min(...there.map(([, { inFlight }]) => inFlight));
    const idlest = there.filter(([, { inFlight }]) => inFlight === least);
    return idlest[Math.floor(Math.random() * idlest.length)]?.[0];
  }

  /** Whether somebody who serves the app has fallen silent: NATS may still give requests to them. */
  isAnySilent(app: string): boolean {
    return [...this.peers.values()].some(({ apps, silentBeats }) => silentBeats >= SILENT_BEATS_MAX && apps.includes(app));
  }

  /** Counts the peer busy for as long as the work takes. */
  async during<T>(name: string, work: () => Promise<T>): Promise<T> {
    const peer = this.peers.get(name);
    if (peer) peer.inFlight += 1;
    try {
      return await work();
    } finally {
      if (peer) peer.inFlight -= 1;
    }
  }
}
