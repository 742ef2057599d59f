import type { Migration } from '#libs/database';
import { Access1764100100000 } from './access.js';
import { Audit1764310000000 } from './audit.js';
import { Identity1763900100000 } from './identity.js';
import { Limits1764310100000 } from './limits.js';
import { OAuth1764300400000 } from './oauth.js';
import { ReadOnlyTokens1764000100000 } from './read-only-tokens.js';
import { SignOn1764300300000 } from './sign-on.js';
import { Tokens1764300100000 } from './tokens.js';

export const gatewayMigrations: readonly Migration[] = [Identity1763900100000, ReadOnlyTokens1764000100000, Access1764100100000, Tokens1764300100000, SignOn1764300300000, OAuth1764300400000, Audit1764310000000, Limits1764310100000];
