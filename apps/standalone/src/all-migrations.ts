import { DeadLetters1764600000000, Erasures1764399000000, type Migration, UserErasures1764430000000 } from '#libs/database';
import { OutboxAge1764600100000, OutboxDue1764700100000 } from '#libs/outbox';
import { compilerMigrations } from '../../compiler/migrations/index.js';
import { gatewayMigrations } from '../../gateway/migrations/index.js';
import { ingestMigrations } from '../../ingest/migrations/index.js';
import { searchMigrations } from '../../search/migrations/index.js';
import { wikiMigrations } from '../../wiki-git/migrations/index.js';

/** Every app's migrations. Each app has its own schema, so their order among apps does not matter. */
export const allMigrations: readonly Migration[] = [
  ...gatewayMigrations, ...ingestMigrations, ...compilerMigrations, ...wikiMigrations, ...searchMigrations, Erasures1764399000000, UserErasures1764430000000, DeadLetters1764600000000, OutboxAge1764600100000, OutboxDue1764700100000,
];
