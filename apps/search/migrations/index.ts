import type { Migration } from '#libs/database';
import { FindByRarity1764100000000 } from './find-by-rarity.js';
import { Search1763900400000 } from './search.js';
import { Segments1764110000000 } from './segments.js';

export const searchMigrations: readonly Migration[] = [Search1763900400000, FindByRarity1764100000000, Segments1764110000000];
