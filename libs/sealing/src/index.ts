export { openText, sealText, type SealPurpose } from './sealed-text.js';
export { SealingConfig } from './sealing.config.js';
