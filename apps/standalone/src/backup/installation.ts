import { readConfig, withDefaults } from '#libs/config';
import { defaultDataDir, lockDataDir, runningPostgresUrl, startEmbeddedPostgres } from '#libs/embedded';
import { WikiGitConfig } from '../../../wiki-git/src/wiki-git.config.js';
import { say } from '../say.js';
import { StandaloneConfig } from '../standalone.config.js';
import { RepositoryCopies } from './repository-copies.js';

/** What an operator's command works on: the settings of the services say where it is. */
export interface Installation {
  databaseUrl: string;
  copies: RepositoryCopies;
  close(): Promise<void>;
}

/** Of the repositories below a data folder. */
export function copiesIn(dataDir: string): RepositoryCopies {
  return new RepositoryCopies(readConfig(WikiGitConfig, { ...withDefaults({}), AI_MEMORY_DATA_DIR: dataDir }));
}

/** Without a DATABASE_URL the data folder's own Postgres: the one that runs, else it is started for as long as this takes. */
export async function openInstallation(): Promise<Installation> {
  const { AI_MEMORY_DATA_DIR, DATABASE_URL } = readConfig(StandaloneConfig);
  const dataDir = AI_MEMORY_DATA_DIR ?? defaultDataDir(withDefaults({}));
  const copies = copiesIn(dataDir);
  const known = DATABASE_URL ?? runningPostgresUrl(dataDir);
  if (known) return { databaseUrl: known, copies, close: async () => undefined };
  const lock = lockDataDir(dataDir);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: say });
    const close = (): Promise<void> => postgres.stop().finally(() => lock.release());
    return { databaseUrl: postgres.url, copies, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
