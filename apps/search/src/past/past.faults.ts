import { defineFault } from '#libs/faults';

export const AS_OF_REFUSED = defineFault('search.as-of-refused', 'invalid', 'With as_of one project is searched, without a cursor. Name the project, and ask for more by limit.');
