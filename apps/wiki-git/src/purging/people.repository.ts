import { Injectable } from '@nestjs/common';
import type { ErasedRows, TenantTx } from '#libs/database';
import type { Person } from './erased-person.js';

/** Whom rows name beside what follows from git: the only file that looks for a person through all of them. */
@Injectable()
export class PeopleRepository {
  /** What they read goes; where they stand beside what stays, `standIn` does from now on. Answers what changed. */
  async remove(tx: TenantTx, { userId, name, email }: Person, standIn: Pick<Person, 'name' | 'email'>): Promise<ErasedRows> {
    const reads = await tx.query('DELETE FROM wiki.page_reads WHERE organisation_id = $1 AND user_id = $2 RETURNING 1', [tx.organisationId, userId]);
    const proposals = await tx.query(
      `UPDATE wiki.proposals SET author = $4, email = $5, proposer = CASE WHEN session_id IS NULL THEN proposal_id::text ELSE proposer END
       WHERE organisation_id = $1 AND (author = $2 OR lower(email) = lower($3)) RETURNING 1`, [tx.organisationId, name, email, standIn.name, standIn.email]);
    const decided = await tx.query('UPDATE wiki.proposals SET decided_by = $3 WHERE organisation_id = $1 AND decided_by = $2 RETURNING 1', [tx.organisationId, name, standIn.name]);
    const purges = await tx.query('UPDATE wiki.purges SET begun_by = $3 WHERE organisation_id = $1 AND begun_by = $2 RETURNING 1', [tx.organisationId, name, standIn.name]);
    const counts = { 'wiki.page_reads': reads.length, 'names in wiki.proposals': proposals.length + decided.length, 'names in wiki.purges': purges.length };
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }
}
