import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { latenciesOf } from '../bench/latencies.js';

/** Events of a session that has ended long ago. */
const SESSION_EVENTS = 500;
const SESSIONS = `
  INSERT INTO capture.sessions (organisation_id, session_id, native_session_id, agent, workspace_id, project_id, owner_id, owner_name, started_at, last_event_at, idle_at, ended_at, end_reason, ended_generation, generation, compiled_generation, indexed_generation)
  SELECT o.organisation_id, id, id::text, 'codex', o.organisation_id, o.organisation_id, o.organisation_id, 'filled', long_ago, long_ago, long_ago, long_ago, 'exit', ${SESSION_EVENTS}, ${SESSION_EVENTS}, ${SESSION_EVENTS}, ${SESSION_EVENTS}
  FROM identity.organisations o, LATERAL (SELECT gen_random_uuid() AS id, now() - interval '30 days' * random() AS long_ago FROM generate_series(1, $1) WHERE o.organisation_id IS NOT NULL) s`;
const OBSERVATIONS = `
  INSERT INTO capture.observations (organisation_id, session_id, sequence, observation_id, kind, source_event, occurred_at, title, body, is_subagent)
  SELECT s.organisation_id, s.session_id, n, gen_random_uuid(), 'other', 'Filled', s.started_at, 'filled', repeat(md5(random()::text || n), 12), false
  FROM capture.sessions s, generate_series(1, ${SESSION_EVENTS}) n WHERE s.owner_name = 'filled'`;
const KEYS = `
  INSERT INTO capture.ingest_keys (organisation_id, key, expires_at) SELECT organisation_id, md5(observation_id::text), now() + interval '29 days' FROM capture.observations WHERE source_event = 'Filled'`;

const COMMITS = 200;
const SETTLED_TIMES_MAX = 1.5;
const SETTLED_LOOKS = 5;
const SETTLE_MS_MAX = 600_000;

/** As many stored observations as that, in all organisations alike, past every door: what capture finds there is as if it had taken them in. They are not in the index. */
export async function fillCapture(database: pg.Client, observations: number, organisations: number): Promise<void> {
  const before = await commitMs(database);
  await database.query(SESSIONS, [Math.ceil(observations / organisations / SESSION_EVENTS)]);
  await database.query(OBSERVATIONS);
  await database.query(KEYS);
  await database.query('VACUUM ANALYZE capture.sessions, capture.observations, capture.ingest_keys');
  // Gigabytes that wait for the disk would be waited for by every commit that is measured.
  await database.query('CHECKPOINT');
  await settled(database, before);
}

/** A disk that has just taken in gigabytes goes on with them for a while after it has said that it has them: until commits are as quick as before, time after time. */
async function settled(database: pg.Client, before: number): Promise<void> {
  const until = Date.now() + SETTLE_MS_MAX;
  for (let looks = 0; looks < SETTLED_LOOKS;) {
    const now = await commitMs(database);
    looks = now <= before * SETTLED_TIMES_MAX ? looks + 1 : 0;
    if (Date.now() > until) throw new Error(`Commits still take ${now.toFixed(1)} ms, which took ${before.toFixed(1)} before so much was written`);
  }
}

/** The 95th percentile of commits that wait for the disk, in a second or two. */
async function commitMs(database: pg.Client): Promise<number> {
  const taken: number[] = [];
  for (let commit = 0; commit < COMMITS; commit += 1) {
    const startedAt = performance.now();
    await database.query(`SELECT pg_logical_emit_message(true, 'bench', 'a commit')`);
    taken.push(performance.now() - startedAt);
    await sleep(5);
  }
  return latenciesOf(taken).p95;
}
