import { Injectable } from '@nestjs/common';
import type { Session } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import type { TouchedFile } from '../rules/compile-session.js';
import type { Source } from './page-facts.js';
import type { ChangedFile, CitedFile } from './staleness.js';

/** A project with more has its latest changes looked at. */
const CHANGED_MAX = 20_000;

/** Which files sessions read and changed: the only file that touches their table. */
@Injectable()
export class TouchedFilesRepository {
  /** In the place of what was known of the session before. */
  async replace(tx: TenantTx, { sessionId, projectId }: Pick<Session, 'sessionId' | 'projectId'>, files: readonly TouchedFile[]): Promise<void> {
    await tx.query('DELETE FROM memory.touched_files WHERE organisation_id = $1 AND session_id = $2', [tx.organisationId, sessionId]);
    await tx.query(
      `INSERT INTO memory.touched_files (organisation_id, session_id, project_id, path, touched_at, is_changed, commit, places)
       SELECT $1, $2, $3, path, "touchedAt", "isChanged", commit, places
       FROM jsonb_to_recordset($4) AS f (path text, "touchedAt" timestamptz, "isChanged" boolean, commit text, places int[]) ON CONFLICT DO NOTHING`,
      [tx.organisationId, sessionId, projectId, JSON.stringify(files)]);
  }

  /** The last change of each file. */
  changed(tx: TenantTx, projectId: string): Promise<ChangedFile[]> {
    return tx.query<ChangedFile>(
      `SELECT * FROM (
         SELECT DISTINCT ON (path) path, session_id AS "sessionId", touched_at AS "changedAt", commit FROM memory.touched_files
         WHERE organisation_id = $1 AND project_id = $2 AND is_changed ORDER BY path, touched_at DESC, session_id) AS latest
       ORDER BY "changedAt" DESC LIMIT $3`, [tx.organisationId, projectId, CHANGED_MAX]);
  }

  /** The files that the cited events were about, for each source by its index. */
  async cited(tx: TenantTx, sources: readonly Source[]): Promise<(CitedFile & { source: number })[]> {
    const wanted = sources.map(({ sessionId, events }, source) => ({ source, sessionId, events }));
    return tx.query(
      `SELECT cited.source, f.session_id AS "sessionId", f.path, f.touched_at AS "touchedAt"
       FROM jsonb_to_recordset($2) AS cited (source int, "sessionId" uuid, events int[])
       JOIN memory.touched_files AS f ON f.organisation_id = $1 AND f.session_id = cited."sessionId" AND f.places && cited.events
       ORDER BY cited.source, f.path`, [tx.organisationId, JSON.stringify(wanted)]);
  }
}
