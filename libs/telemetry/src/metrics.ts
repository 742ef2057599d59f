import { type Attributes, metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';

const serializer = new PrometheusSerializer();
let exporter: PrometheusExporter | undefined;

/** Instruments made before this still count: the API hands them over to the provider. */
export function startMetrics(service: string): void {
  if (exporter) return;
  exporter = new PrometheusExporter({ preventServerStart: true });
  metrics.setGlobalMeterProvider(new MeterProvider({ resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }), readers: [exporter] }));
}

/** All metrics of this process in the Prometheus text format. */
export async function renderMetrics(): Promise<string> {
  if (!exporter) return '';
  const { resourceMetrics } = await exporter.collect();
  return serializer.serialize(resourceMetrics);
}

export interface Counter {
  add(value: number, attributes?: Attributes): void;
}

/** Labels must be from a small closed set: never a tenant, a path or a name. The unit stands in the name. */
export function counter(name: string, description: string): Counter {
  return lazily(() => metrics.getMeter('ai-memory').createCounter(name, { description }));
}

export interface Timer {
  /** Takes seconds. */
  record(seconds: number, attributes?: Attributes): void;
}

export function timer(name: string, description: string): Timer {
  const make = once(() => metrics.getMeter('ai-memory').createHistogram(name, { description, advice: { explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] } }));
  return { record: (seconds, attributes) => make().record(seconds, attributes) };
}

function lazily(create: () => Counter): Counter {
  const make = once(create);
  return { add: (value, attributes) => make().add(value, attributes) };
}

/** Instruments are declared at import, before the provider exists, and must bind to it at first use. */
function once<T>(create: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= create());
}
