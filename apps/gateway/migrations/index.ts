import type { Migration } from '#libs/database';
import { Identity1763900100000 } from './identity.js';

export const gatewayMigrations: readonly Migration[] = [Identity1763900100000];
