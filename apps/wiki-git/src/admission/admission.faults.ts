import { defineFault } from '#libs/faults';

export const REJECTED = defineFault('webhook.rejected', 'forbidden', 'A webhook of the organisation refused this.');
export const UNDECIDED = defineFault('webhook.undecided', 'unavailable', 'A webhook of the organisation, without whose answer nothing is written, does not answer. Try again later.');
export const WEBHOOK_TAKEN = defineFault('webhook.taken', 'conflict', 'There is a webhook of that name.');
export const WEBHOOKS_FULL = defineFault('webhook.too-many', 'conflict', 'An organisation has ten webhooks at most. Remove one first.');
export const NO_SECRET_KEY = defineFault('webhook.no-secret-key', 'conflict', 'Secrets can not be kept: the operator has to set AI_MEMORY_SECRET_KEY first.');
export const TOO_MANY_PAGES = defineFault('webhook.too-many-pages', 'too-large', 'Where webhooks decide on writes, a push or an archive may bring 256 pages; divide it.');
