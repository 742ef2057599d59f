import { defineFault } from '#libs/faults';

export const REINDEX_OPERATOR_ONLY = defineFault('search.reindex.operator-only', 'forbidden', 'Only the operator of this installation may index all organisations anew. Use the bootstrap token.');
