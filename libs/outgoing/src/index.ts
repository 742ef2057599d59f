export { ADDRESS_REFUSED, isPublicAddress, type OutgoingRules, refuseUncallable } from './outgoing-address.js';
export { AnswerTooLarge, outgoingFetch } from './outgoing-fetch.js';
export { OutgoingConfig, outgoingRules } from './outgoing.config.js';
