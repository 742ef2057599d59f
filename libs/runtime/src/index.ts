export { requireFreeAddress } from './address.js';
export { Draining } from './draining.js';
export { HealthController } from './health.controller.js';
export { RuntimeConfig } from './runtime.config.js';
export { type Door, failStart, type Running, run, serve, stopOnSignals } from './serve.js';
export { Sweeper } from './sweeper.js';
