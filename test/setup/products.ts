import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startOtlpReceiver } from '../system/otlp-receiver.js';
import { type ProductAddress, startProduct, type StartedProduct, TOPOLOGIES, type Topology } from '../system/product.js';
import { PRODUCT_SETTINGS } from './product-settings.js';

declare module 'vitest' {
  interface ProvidedContext {
    products: Record<Topology, ProductAddress>;
    otlpUrl: string;
  }
}

/** The product in both topologies, with tracing, shared by all system tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-system-'));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
  const otlp = await startOtlpReceiver();
  const started = await Promise.all(TOPOLOGIES.map((topology) => startProduct(topology, join(root, topology), { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, ...PRODUCT_SETTINGS })));
  const logs = started.map((product) => keepLog(product, join(root, `${product.topology}.log`)));
  const addresses = started.map(({ topology, url, token, dataDir }, index): ProductAddress => ({ topology, url, token, dataDir, logPath: logs[index]! }));
  project.provide('products', Object.fromEntries(addresses.map((address) => [address.topology, address])) as Record<Topology, ProductAddress>);
  project.provide('otlpUrl', otlp.url);
  return async () => {
    const codes = await Promise.all(started.map((product) => product.stop()));
    otlp.stop();
    rmSync(root, { recursive: true, force: true });
    if (codes.some((code) => code !== 0)) throw new Error(`A product did not stop cleanly: exit codes ${codes.join(', ')}`);
  };
}

/** What the product prints, in a file that tests can read. */
function keepLog({ process: child, output }: StartedProduct, path: string): string {
  writeFileSync(path, output());
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => appendFileSync(path, chunk));
  return path;
}
