import { CLOUD_RULES } from './clouds.js';
import { CODE_HOST_RULES } from './code-hosts.js';
import { CONNECTION_RULES } from './connections.js';
import { HTTP_HEADER_RULES } from './http-headers.js';
import { KEY_AND_TOKEN_RULES } from './keys-and-tokens.js';
import { MESSAGING_RULES } from './messaging.js';
import { NAMED_SECRET_RULES } from './named-secrets.js';
import { OWN_TOKEN_RULES } from './own-tokens.js';
import { SERVICE_RULES } from './services.js';

/** Every rule. Where several find the same text, it is counted and labelled by the first of them: vendors come before circumstances. */
export const ALL_RULES = [
  ...OWN_TOKEN_RULES,
  ...CODE_HOST_RULES,
  ...CLOUD_RULES,
  ...MESSAGING_RULES,
  ...SERVICE_RULES,
  ...KEY_AND_TOKEN_RULES,
  ...CONNECTION_RULES,
  ...HTTP_HEADER_RULES,
  ...NAMED_SECRET_RULES,
];
