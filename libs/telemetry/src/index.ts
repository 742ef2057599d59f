export { ATTRIBUTE } from './conventions.js';
export { type Logger, logger, nestLogger, setLogLevel } from './logger.js';
export { type MetricDeclaration, type MetricName, METRICS } from './metric-catalogue.js';
export { type Counter, counter, gauge, type Observed, renderMetrics, startMetrics, type Timer, timer } from './metrics.js';
export { observeProcess } from './process-metrics.js';
export { TelemetryConfig } from './telemetry.config.js';
export { continueTrace, currentTraceId, inSpan, markSpan, type SpanRole, startTracing, traceHeaders } from './tracing.js';
