import type pg from 'pg';

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

/** As many stored observations as that, in all organisations alike, past every door: what capture finds there is as if it had taken them in. They are not in the index. */
export async function fillCapture(database: pg.Client, observations: number, organisations: number): Promise<void> {
  await database.query(SESSIONS, [Math.ceil(observations / organisations / SESSION_EVENTS)]);
  await database.query(OBSERVATIONS);
  await database.query(KEYS);
  await database.query('VACUUM ANALYZE capture.sessions, capture.observations, capture.ingest_keys');
  // Gigabytes that wait for the disk would be waited for by every commit that is measured.
  await database.query('CHECKPOINT');
}
