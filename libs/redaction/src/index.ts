export { boundText } from './bound-text.js';
export { cleanText } from './clean-text.js';
export { addFindings, type Findings, type RuleName } from './findings.js';
export { fitToStore } from './fit-to-store.js';
export { redactText } from './redact-text.js';
export { truncateMiddle } from './truncate-middle.js';
