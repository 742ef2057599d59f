export { defineFault, Fault, FAULT_STATUS, type FaultDefinition, type FaultKind } from './fault.js';
export { ERASED, INTERNAL, INVALID_INPUT, isOutage, NOT_FOUND, READ_ONLY, TIMED_OUT, toFault, UNAVAILABLE } from './common-faults.js';
