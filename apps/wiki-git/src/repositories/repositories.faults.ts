import { defineFault } from '#libs/faults';

export const REPOSITORY_BUSY = defineFault('wiki.repository.busy', 'limited', 'Too many writes to this project at once. Try again in a second.');
export const REPOSITORY_MISSING = defineFault('wiki.repository.missing', 'unavailable', 'The pages of this project are not reachable right now. Try again later.');
export const PEOPLE_WRITE = defineFault('wiki.repository.people-write', 'forbidden', 'Only people write what all projects of the organisation are told.');
