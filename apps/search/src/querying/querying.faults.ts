import { defineFault } from '#libs/faults';

export const CURSOR_INVALID = defineFault('search.cursor-invalid', 'invalid', 'The cursor is of another query, of other projects, or none that was given. Ask without it.');
