export { requireFreeAddress } from './address.js';
export { BackgroundTurns } from './background-turns.js';
export { type DeadLetterRow, DeadLettersRepository } from './dead-letters.repository.js';
export { Draining } from './draining.js';
export { HealthController } from './health.controller.js';
export { RuntimeConfig } from './runtime.config.js';
export { type Door, failStart, type Running, run, serve, stopOnSignals } from './serve.js';
export { PRODUCT_VERSION } from './product-version.js';
export { Sweeper } from './sweeper.js';
