import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { INDEX_VERSION } from './index-version.js';

/** The editions of a project's documents that are written to. */
export interface Editions {
  /** The one that answers. */
  serving: number;
  /** The one that is built aside; null where none is. */
  building: number | null;
}

const OF_PROJECT = 'organisation_id = $1 AND project_id = $2';

/** Which edition of a project answers: the only file that touches the table `indexes`. */
@Injectable()
export class IndexesRepository {
  /** For writers: until the transaction ends both stay what they are. Makes the index of a project that has none. */
  hold(tx: TenantTx, projectId: string): Promise<Editions> {
    return this.read(tx, projectId, 'FOR SHARE');
  }

  /** For who changes which they are: waits for writers, and until the transaction ends writers wait. */
  lock(tx: TenantTx, projectId: string): Promise<Editions> {
    return this.read(tx, projectId, 'FOR UPDATE');
  }

  /** Begins an edition, of which nothing is there yet; one that was being built is left over. */
  async begin(tx: TenantTx, projectId: string): Promise<number> {
    const [row] = await tx.query<{ building: number }>(
      `UPDATE search.indexes SET has_leftovers = has_leftovers OR building IS NOT NULL, last_edition = last_edition + 1, building = last_edition + 1 WHERE ${OF_PROJECT} RETURNING building`,
      [tx.organisationId, projectId]);
    return row!.building;
  }

  /** From its commit on the edition that was built answers, and the one before is left over. */
  async switch(tx: TenantTx, projectId: string): Promise<void> {
    await tx.query(`UPDATE search.indexes SET serving = building, building = NULL, version = $3, has_leftovers = true WHERE ${OF_PROJECT} AND building IS NOT NULL`, [tx.organisationId, projectId, INDEX_VERSION]);
  }

  /** What was being built is left over. */
  async abandon(tx: TenantTx, projectId: string): Promise<void> {
    await tx.query(`UPDATE search.indexes SET building = NULL, has_leftovers = true WHERE ${OF_PROJECT} AND building IS NOT NULL`, [tx.organisationId, projectId]);
  }

  async listWithLeftovers(tx: TenantTx): Promise<string[]> {
    const rows = await tx.query<{ project_id: string }>('SELECT project_id FROM search.indexes WHERE organisation_id = $1 AND has_leftovers', [tx.organisationId]);
    return rows.map((row) => row.project_id);
  }

  async markClean(tx: TenantTx, projectId: string): Promise<void> {
    await tx.query(`UPDATE search.indexes SET has_leftovers = false WHERE ${OF_PROJECT} AND has_leftovers`, [tx.organisationId, projectId]);
  }

  async list(tx: TenantTx): Promise<string[]> {
    const rows = await tx.query<{ project_id: string }>('SELECT project_id FROM search.indexes WHERE organisation_id = $1', [tx.organisationId]);
    return rows.map((row) => row.project_id);
  }

  /** Projects whose index was made by an older version, and is not being built anew. */
  async listOutdated(tx: TenantTx): Promise<string[]> {
    const rows = await tx.query<{ project_id: string }>('SELECT project_id FROM search.indexes WHERE organisation_id = $1 AND version < $2 AND building IS NULL', [tx.organisationId, INDEX_VERSION]);
    return rows.map((row) => row.project_id);
  }

  private async read(tx: TenantTx, projectId: string, lock: string): Promise<Editions> {
    const select = `SELECT serving, building FROM search.indexes WHERE ${OF_PROJECT} ${lock}`;
    const [known] = await tx.prepared<Editions>(select, [tx.organisationId, projectId]);
    if (known) return known;
    await tx.query('INSERT INTO search.indexes (organisation_id, project_id, version) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [tx.organisationId, projectId, INDEX_VERSION]);
    return (await tx.query<Editions>(select, [tx.organisationId, projectId]))[0]!;
  }
}
