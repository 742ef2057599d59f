import { PURGED_PAGES_MAX } from '#libs/contracts';
import { defineFault } from '#libs/faults';

export const PURGE_TOO_LARGE = defineFault('wiki.purge.too-large', 'too-large', `A purge takes at most ${PURGED_PAGES_MAX} pages. Purge pages one by one first.`);
export const PURGE_INCOMPLETE = defineFault('wiki.purge.incomplete', 'unavailable', 'Something of what was purged is still there; it will be tried again.');
