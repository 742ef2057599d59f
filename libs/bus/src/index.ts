export { type Announcement, Bus } from './bus.js';
export { BusServer, type DeadLetters } from './bus-server.js';
export { Hears, Notices, Serves } from './decorators.js';
export { InProcessTransport } from './in-process-transport.js';
export { durableName, EVENT_STREAM, NatsTransport } from './nats-transport.js';
export { FORBIDDEN, requirePermission } from './require-permission.js';
export type { BusTransport } from './transport.js';
export { HEADER, type WireMessage } from './wire.js';
