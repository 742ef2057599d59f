import type { Migration } from '#libs/database';
import { Access1764100100000 } from './access.js';
import { Audit1764310000000 } from './audit.js';
import { AuditByIds1764430100000 } from './audit-by-ids.js';
import { Identity1763900100000 } from './identity.js';
import { Limits1764310100000 } from './limits.js';
import { OAuth1764300400000 } from './oauth.js';
import { ReadOnlyTokens1764000100000 } from './read-only-tokens.js';
import { SelfErasure1764430400000 } from './self-erasure.js';
import { SignOn1764300300000 } from './sign-on.js';
import { Tokens1764300100000 } from './tokens.js';

export const gatewayMigrations: readonly Migration[] = [Identity1763900100000, ReadOnlyTokens1764000100000, Access1764100100000, Tokens1764300100000, SignOn1764300300000, OAuth1764300400000, Audit1764310000000, Limits1764310100000, AuditByIds1764430100000, SelfErasure1764430400000];
