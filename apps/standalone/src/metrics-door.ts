import { createServer } from 'node:http';
import { renderMetrics, startMetrics } from '#libs/telemetry';

/** Where Prometheus finds what an operator's command counts that goes on until it is stopped; `bind` is host:port. Gauges are to be made after it. */
export async function openMetricsDoor(service: string, bind: string): Promise<void> {
  startMetrics(service);
  const split = bind.lastIndexOf(':');
  const server = createServer((_request, response) => {
    void renderMetrics().then((text) => response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(text));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(Number(bind.slice(split + 1)), bind.slice(0, split), resolve));
}

/** In a container such a command is process 1, which a signal does not end by itself. */
export function endOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
}
