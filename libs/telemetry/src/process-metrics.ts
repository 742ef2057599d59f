import { monitorEventLoopDelay } from 'node:perf_hooks';
import { metrics } from '@opentelemetry/api';
import { METRICS } from './metric-catalogue.js';
import { gauge } from './metrics.js';

const RESOLUTION_MS = 10;
const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** What a process takes of its machine, and how late it is at its work. */
export function observeProcess(service: string, version: string): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  gauge('process_info', () => [[1, { service, version }]]);
  gauge('process_resident_memory_bytes', () => [[process.memoryUsage.rss()]]);
  gauge('process_eventloop_delay_seconds', () => {
    // It counts from one tick of the timer to the next, so that a loop that is never late shows the resolution.
    const late = Math.max(0, delay.percentile(99) / NANOSECONDS - RESOLUTION_MS / 1_000);
    delay.reset();
    return [[Number.isFinite(late) ? late : 0]];
  });
  const cpu = metrics.getMeter('ai-memory').createObservableCounter('process_cpu_seconds_total', { description: METRICS.process_cpu_seconds_total.help });
  cpu.addCallback((result) => {
    const { user, system } = process.cpuUsage();
    result.observe((user + system) / MICROSECONDS);
  });
}
