import { erasing } from '../erasing.js';

/** Handoffs, messages, slots, jobs, what models were asked and answered, feedback, reports. */
export const EraseCompiled = erasing('compiler.erase-compiled.v1');
