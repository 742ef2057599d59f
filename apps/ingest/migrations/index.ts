import type { Migration } from '#libs/database';
import { Capture1763900200000 } from './capture.js';
import { Expiry1764430500000 } from './expiry.js';
import { Imported1764086400000 } from './imported.js';
import { LatestSessions1764439500000 } from './latest-sessions.js';
import { PurgedSessions1764110100000 } from './purged-sessions.js';
import { SessionsOfOwner1764430300000 } from './sessions-of-owner.js';
import { StoredBytes1764310200000 } from './stored-bytes.js';
import { UnsettledSessions1764700200000 } from './unsettled-sessions.js';

export const ingestMigrations: readonly Migration[] = [Capture1763900200000, Imported1764086400000, PurgedSessions1764110100000, StoredBytes1764310200000, SessionsOfOwner1764430300000, Expiry1764430500000, LatestSessions1764439500000, UnsettledSessions1764700200000];
