import { erasing } from '../erasing.js';

/** Sessions with their observations. */
export const EraseCaptured = erasing('ingest.erase-captured.v1');
