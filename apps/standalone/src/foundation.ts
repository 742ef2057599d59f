import { readConfig, withDefaults } from '#libs/config';
import { migrate } from '#libs/database';
import { defaultDataDir, lockDataDir, startEmbeddedNats, startEmbeddedPostgres } from '#libs/embedded';
import { defineFault, Fault } from '#libs/faults';
import { requireFreeAddress } from '#libs/runtime';
import { GatewayConfig } from '../../gateway/src/gateway.config.js';
import { allMigrations } from './all-migrations.js';
import { type OwnerToken, ownerToken } from './auth-token.js';
import { secretKey } from './secret-key.js';
import { StandaloneConfig } from './standalone.config.js';

const DATABASE_UNUSABLE = defineFault('standalone.database-unusable', 'unavailable', 'The database cannot be used. Check DATABASE_URL.');

/** What the apps stand on: a data folder that is ours alone, servers, a migrated database, and the owner's token. */
export interface Foundation {
  dataDir: string;
  owner: OwnerToken;
  /** Settings for the apps' environment. */
  settings: Record<string, string>;
  stop(): Promise<void>;
}

export type Say = (line: string) => void;

/** Starts what the environment does not provide. A server that dies later ends this process, for a restart to begin afresh. */
export async function layFoundation(say: Say, needsNats: boolean): Promise<Foundation> {
  const config = readConfig(StandaloneConfig);
  const dataDir = config.AI_MEMORY_DATA_DIR ?? defaultDataDir(withDefaults({}));
  const lock = lockDataDir(dataDir);
  const stops: (() => Promise<void>)[] = [async () => lock.release()];
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each();
  };
  try {
    await requireFreeAddress(readConfig(GatewayConfig).AI_MEMORY_BIND);
    const databaseUrl = config.DATABASE_URL ?? (await openPostgres(dataDir, say, stops));
    const natsUrl = config.NATS_URL ?? (needsNats ? await openNats(dataDir, say, stops) : undefined);
    await prepareDatabase(databaseUrl, say);
    const owner = ownerToken(dataDir, config.AI_MEMORY_AUTH_TOKEN);
    const settings = { DATABASE_URL: databaseUrl, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_AUTH_TOKEN: owner.token, AI_MEMORY_SECRET_KEY: secretKey(dataDir), ...(natsUrl ? { NATS_URL: natsUrl } : {}) };
    return { dataDir, owner, settings, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openPostgres(dataDir: string, say: Say, stops: (() => Promise<void>)[]): Promise<string> {
  say('starting the embedded Postgres');
  const postgres = await startEmbeddedPostgres({ dataDir, log: say });
  postgres.onExit((ending) => endWith(`the embedded Postgres ${ending}`));
  stops.push(() => postgres.stop());
  return postgres.url;
}

async function openNats(dataDir: string, say: Say, stops: (() => Promise<void>)[]): Promise<string> {
  say('starting nats-server');
  const nats = await startEmbeddedNats({ dataDir, log: say });
  nats.onExit((ending) => endWith(`nats-server ${ending}`));
  stops.push(() => nats.stop());
  return nats.url;
}

async function prepareDatabase(url: string, say: Say): Promise<void> {
  const ran = await migrate(url, allMigrations).catch((error: Error & { code?: unknown }) => {
    // Postgres and the network give their errors a code and words for people; without one it is a mistake of ours.
    throw typeof error.code === 'string' ? new Fault(DATABASE_UNUSABLE, { sentence: `The database cannot be used: ${error.message}. Check DATABASE_URL.`, cause: error }) : error;
  });
  if (ran.length > 0) say(`the database is prepared (${ran.length} migrations)`);
}

function endWith(reason: string): void {
  process.stderr.write(`ai-memory: ${reason}; stopping\n`);
  process.kill(process.pid, 'SIGTERM');
}
