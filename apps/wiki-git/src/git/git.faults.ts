import { defineFault } from '#libs/faults';

export const GIT_FAILED = defineFault('wiki.git.failed', 'unavailable', 'The pages can not be reached right now. Try again shortly.');
