export { Outbox, type OutboxOptions } from './outbox.js';
export { OutboxModule } from './outbox.module.js';
export { OutboxRelay } from './outbox-relay.js';
export { OutboxAge1764600100000 } from './outbox-age.js';
export { OutboxDue1764700100000 } from './outbox-due.js';
export { outboxTable } from './outbox-table.js';
