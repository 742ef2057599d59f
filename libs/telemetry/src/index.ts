export { type Logger, logger, nestLogger, setLogLevel } from './logger.js';
export { type Counter, counter, renderMetrics, startMetrics, type Timer, timer } from './metrics.js';
export { TelemetryConfig } from './telemetry.config.js';
export { continueTrace, currentTraceId, inSpan, type SpanRole, startTracing, traceHeaders } from './tracing.js';
