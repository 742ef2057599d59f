import { erasing } from '../erasing.js';

/** Documents and the index of their words. */
export const EraseIndex = erasing('search.erase-index.v1');
