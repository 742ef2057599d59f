import { setTimeout as rest } from 'node:timers/promises';
import type { Answer } from './client.js';
import { Client } from './client.js';

/** As often, and as patiently, as a cluster may ask: draining takes longer than both together. */
const PROBE_EVERY_MS = 500;
const PROBE_TIMEOUT_MS = 1_000;

interface Upstream {
  client: Client;
  isReady: boolean;
}

/** What stands before several gateways: sends requests to those in turn that say that they are ready, as far as it has heard. Tries nothing twice. */
export class RoundRobin {
  private readonly upstreams: Upstream[];
  private isStopped = false;
  private turn = 0;

  constructor(urls: readonly string[], token: string) {
    this.upstreams = urls.map((url) => ({ client: new Client(url, token), isReady: false }));
    for (const upstream of this.upstreams) void this.watch(upstream);
  }

  get ready(): number {
    return this.upstreams.filter(({ isReady }) => isReady).length;
  }

  /** Waits while none is ready, as long as the caller does. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    while (this.ready === 0) await rest(PROBE_EVERY_MS);
    const ready = this.upstreams.filter(({ isReady }) => isReady);
    return ready[(this.turn += 1) % ready.length]!.client.send(method, path, body);
  }

  stop(): void {
    this.isStopped = true;
  }

  private async watch(upstream: Upstream): Promise<void> {
    for (; !this.isStopped; await rest(PROBE_EVERY_MS)) {
      const probed = await fetch(`${upstream.client.url}/readyz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).catch(() => undefined);
      await probed?.body?.cancel();
      upstream.isReady = probed?.status === 200;
    }
  }
}
