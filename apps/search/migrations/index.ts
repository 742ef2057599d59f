import type { Migration } from '#libs/database';
import { Search1763900400000 } from './search.js';

export const searchMigrations: readonly Migration[] = [Search1763900400000];
