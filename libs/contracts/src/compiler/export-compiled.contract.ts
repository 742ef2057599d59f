import { exporting } from '../exporting.js';

/** Handoffs, messages, slots, feedback, and what models were asked for. */
export const ExportCompiled = exporting('compiler.export-compiled.v1');
