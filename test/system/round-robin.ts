import type { Answer } from './client.js';
import { Client } from './client.js';

const PROBE_EVERY_MS = 50;

interface Upstream {
  client: Client;
  isReady: boolean;
}

/** What stands before several gateways: sends requests to those in turn that say that they are ready, as far as it has heard. Tries nothing twice. */
export class RoundRobin {
  private readonly upstreams: Upstream[];
  private readonly timer: NodeJS.Timeout;
  private turn = 0;

  constructor(urls: readonly string[], token: string) {
    this.upstreams = urls.map((url) => ({ client: new Client(url, token), isReady: false }));
    this.timer = setInterval(() => this.upstreams.forEach((upstream) => void probe(upstream)), PROBE_EVERY_MS);
  }

  get ready(): number {
    return this.upstreams.filter(({ isReady }) => isReady).length;
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const ready = this.upstreams.filter(({ isReady }) => isReady);
    const chosen = ready[(this.turn += 1) % ready.length];
    if (!chosen) throw new Error('No gateway is ready');
    return chosen.client.send(method, path, body);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

async function probe(upstream: Upstream): Promise<void> {
  const answer = await upstream.client.get('/readyz').catch(() => undefined);
  upstream.isReady = answer?.status === 200;
}
