export { boundText } from './bound-text.js';
export { cleanText } from './clean-text.js';
export { addFindings, type Findings, type RuleName } from './findings.js';
export { redactText } from './redact-text.js';
export { redactValue } from './redact-value.js';
export { truncateMiddle } from './truncate-middle.js';
