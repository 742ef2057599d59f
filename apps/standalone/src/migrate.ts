import { readConfig } from '#libs/config';
import { DatabaseConfig, migrate } from '#libs/database';
import { failStart } from '#libs/runtime';
import { allMigrations } from './all-migrations.js';
import { say } from './say.js';

/** Brings the database up to this version, names what ran, and ends: with 0, with 1 where it failed, with 2 where settings are wrong. */
async function main(): Promise<void> {
  const { DATABASE_URL } = readConfig(DatabaseConfig);
  const ran = await migrate(DATABASE_URL, allMigrations);
  ran.forEach(say);
  say(ran.length > 0 ? `${ran.length} migrations ran` : 'the database is up to date');
}

await main().catch(failStart);
