export { defaultDataDir } from './data-dir.js';
export { lockDataDir, type DataDirLock } from './data-dir-lock.js';
export { DATA_DIR_IN_USE, NATS_FAILED, POSTGRES_FAILED } from './embedded.faults.js';
export { exitWithParent } from './exit-with-parent.js';
export { freePort } from './free-port.js';
export { natsConfig, startEmbeddedNats, type EmbeddedNats } from './nats.js';
export { findNatsServer, installNatsServer } from './nats-binary.js';
export { runningPostgresUrl, startEmbeddedPostgres, type EmbeddedPostgres } from './postgres.js';
export { supervise, type Supervised, type SupervisedCommand } from './supervise.js';
