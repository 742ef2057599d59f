import { rule } from './rule.js';

/** Tokens of this product, and the keys of the reference system that clients bring along. */
export const OWN_TOKEN_RULES = [
  rule('memory-token', ['mem_'], /mem_(?:pat|svc|dev|oat|ort)_[A-Za-z0-9_]{20,128}/y),
  rule('memory-token', ['aim_'], /aim_[\w-]{40,128}/y),
] as const;
