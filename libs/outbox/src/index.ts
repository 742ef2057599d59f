export { Outbox, type OutboxOptions } from './outbox.js';
export { OutboxModule } from './outbox.module.js';
export { OutboxRelay } from './outbox-relay.js';
export { outboxTable } from './outbox-table.js';
