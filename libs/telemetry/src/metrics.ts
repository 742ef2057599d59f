import { type Attributes, metrics, type ObservableGauge } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { type MetricDeclaration, METRICS, type MetricName } from './metric-catalogue.js';

const METER = 'ai-memory';
/** What answers later than this is left out of one scrape. */
const OBSERVING_TIMEOUT_MS = 2_000;

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

export interface Timer {
  /** Takes seconds. */
  record(seconds: number, attributes?: Attributes): void;
}

/** A value with its labels. */
export type Observed = readonly [value: number, attributes?: Attributes];

/** Summed up here and told at each scrape: to find the sum that belongs to some labels costs an instrument of OpenTelemetry ten times as much, of each request. */
export function counter(name: MetricName): Counter {
  const sums = new Map<string, [value: number, attributes: Attributes]>();
  const make = once(() => metrics.getMeter(METER).createObservableCounter(name, { description: METRICS[name].help }).addCallback((result) => sums.forEach(([value, attributes]) => result.observe(value, attributes))));
  return {
    add: (value, attributes = {}) => {
      make();
      const key = keyOf(attributes);
      const sum = sums.get(key);
      if (sum) sum[0] += value;
      else sums.set(key, [value, attributes]);
    },
  };
}

/** The same for the same labels in the same order. */
function keyOf(attributes: Attributes): string {
  let key = '';
  for (const name in attributes) key += `${name}=${String(attributes[name])}\n`;
  return key;
}

export function timer(name: MetricName): Timer {
  const { help, buckets = [] }: MetricDeclaration = METRICS[name];
  const make = once(() => metrics.getMeter(METER).createHistogram(name, { description: help, advice: { explicitBucketBoundaries: [...buckets] } }));
  return { record: (seconds, attributes) => make().record(seconds, attributes) };
}

/** Asked at each scrape, until `stop`. Should it fail or be late, this scrape has no value. */
export function gauge(name: MetricName, observe: () => Promise<readonly Observed[]> | readonly Observed[]): { stop(): void } {
  const instrument: ObservableGauge = metrics.getMeter(METER).createObservableGauge(name, { description: METRICS[name].help });
  const callback = async (result: { observe(value: number, attributes?: Attributes): void }): Promise<void> => {
    for (const [value, attributes] of await inTime(observe)) result.observe(value, attributes);
  };
  instrument.addCallback(callback);
  return { stop: () => instrument.removeCallback(callback) };
}

async function inTime(observe: () => Promise<readonly Observed[]> | readonly Observed[]): Promise<readonly Observed[]> {
  const late = new Promise<readonly Observed[]>((resolve) => setTimeout(() => resolve([]), OBSERVING_TIMEOUT_MS).unref());
  return Promise.race([Promise.resolve().then(observe).catch(() => []), late]);
}

/** Instruments are declared at import, before the provider exists, and must bind to it at first use. */
function once<T>(create: () => T): () => T {
  let made: { of: T } | undefined;
  return () => (made ??= { of: create() }).of;
}
