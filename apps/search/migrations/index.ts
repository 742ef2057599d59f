import type { Migration } from '#libs/database';
import { Filters1764200000000 } from './filters.js';
import { FindByRarity1764100000000 } from './find-by-rarity.js';
import { Editions1764400000000 } from './editions.js';
import { ReindexesDue1764700500000 } from './reindexes-due.js';
import { Search1763900400000 } from './search.js';
import { SegmentFacts1764420000000 } from './segment-facts.js';
import { Segments1764210000000 } from './segments.js';
import { SessionIndex1764590000000 } from './session-index.js';
import { TextHash1764410000000 } from './text-hash.js';

export const searchMigrations: readonly Migration[] = [Search1763900400000, FindByRarity1764100000000, Filters1764200000000, Segments1764210000000, Editions1764400000000, TextHash1764410000000, SegmentFacts1764420000000, SessionIndex1764590000000, ReindexesDue1764700500000];
