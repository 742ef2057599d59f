import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { ATTRIBUTE, continueTrace, counter, currentTraceId, inSpan, timer } from '#libs/telemetry';

/** For a caller who left before the answer, as proxies count it. */
const STATUS_CALLER_LEFT = 499;

const requests = counter('http_requests_total');
const duration = timer('http_request_duration_seconds');

/**
 * For the whole server, before everything else: one span, one count and one duration for each request, and `x-trace-id` on
 * its answer. A W3C `traceparent` that came along is continued. Names are those of routes, never of what was asked for.
 */
export function traced(request: Request, response: Response, next: NextFunction): void {
  const [traceparent, tracestate] = [request.get('traceparent'), request.get('tracestate')];
  const attributes = { [ATTRIBUTE.httpMethod]: request.method };
  void continueTrace({ traceparent, tracestate }, () =>
    inSpan(`HTTP ${request.method}`, 'server', attributes, () => answered(request, response, next)));
}

function answered(request: Request, response: Response, next: NextFunction): Promise<void> {
  const startedAt = performance.now();
  const span = trace.getActiveSpan();
  const traceId = currentTraceId();
  if (traceId) response.set('x-trace-id', traceId);
  return new Promise((resolve) => {
    response.once('close', () => {
      record(request, response, span, (performance.now() - startedAt) / 1_000);
      resolve();
    });
    next();
  });
}

function record(request: Request, response: Response, span: Span | undefined, seconds: number): void {
  const route = routeOf(request);
  const status = response.headersSent ? response.statusCode : STATUS_CALLER_LEFT;
  span?.updateName(`HTTP ${request.method} ${route}`);
  span?.setAttributes({ [ATTRIBUTE.httpRoute]: route, [ATTRIBUTE.httpStatus]: status });
  if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
  requests.add(1, { method: request.method, route, status });
  duration.record(seconds, { method: request.method, route });
}

/** The pattern that matched: known once the request has been routed. */
export function routeOf(request: Request): string {
  const matched = request.route as { path?: unknown } | undefined;
  return typeof matched?.path === 'string' ? matched.path : 'unmatched';
}
