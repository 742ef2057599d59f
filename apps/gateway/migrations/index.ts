import type { Migration } from '#libs/database';
import { Identity1763900100000 } from './identity.js';
import { ReadOnlyTokens1764000100000 } from './read-only-tokens.js';

export const gatewayMigrations: readonly Migration[] = [Identity1763900100000, ReadOnlyTokens1764000100000];
