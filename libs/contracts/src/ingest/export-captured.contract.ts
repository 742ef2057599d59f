import { exporting } from '../exporting.js';

/** Sessions and observations. */
export const ExportCaptured = exporting('ingest.export-captured.v1');
