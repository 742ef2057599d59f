import { context, propagation, type Attributes, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOffSampler, BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { ATTRIBUTE } from './conventions.js';

/** A collector that does not answer costs spans, and holds up a process that stops for no longer than this. */
const EXPORT_TIMEOUT_MS = 3_000;

const tracer = trace.getTracer('ai-memory');

/** Starts export when an endpoint is given. Without one nothing is recorded, which would cost each event a fifth of a millisecond; ids still exist, so that logs carry them. */
export function startTracing(service: string, endpoint: string | undefined): { stop(): Promise<void> } {
  const resource = resourceFromAttributes({ [ATTR_SERVICE_NAME]: service });
  const exporting = endpoint && { spanProcessors: [batched(`${endpoint.replace(/\/$/, '')}/v1/traces`)] };
  const provider = new NodeTracerProvider({ resource, ...(exporting || { sampler: new AlwaysOffSampler() }) });
  provider.register();
  return { stop: () => provider.shutdown() };
}

function batched(url: string): BatchSpanProcessor {
  return new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), { scheduledDelayMillis: 500, exportTimeoutMillis: EXPORT_TIMEOUT_MS });
}

export type SpanRole = 'server' | 'client' | 'producer' | 'consumer' | 'internal';
const KINDS: Record<SpanRole, SpanKind> = {
  server: SpanKind.SERVER, client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL,
};

/** Runs `work` inside a span. Attributes must not hold payloads, credentials or names that people chose. */
export async function inSpan<T>(name: string, role: SpanRole, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { kind: KINDS[role], attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      span.setAttribute(ATTRIBUTE.errorType, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The code of a fault, else the name of the error's class; both are from the code. */
function errorType(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/** W3C trace context of the running span, to travel in headers. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Runs `work` as a continuation of the trace in `headers` (W3C `traceparent`); without one, in a trace of its own. */
export function continueTrace<T>(headers: Record<string, string | undefined>, work: () => T): T {
  return context.with(propagation.extract(context.active(), headers), work);
}

/** Tells of the running span what is known of it only now. */
export function markSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
