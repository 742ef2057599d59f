import type { WholeDatabase } from '#libs/database';
import { isPagePath } from '#libs/wiki-format';
import type { BareRepository } from '../../../wiki-git/src/repositories/bare-repository.js';
import type { RepositoryCopies } from './repository-copies.js';

interface HeadRow {
  organisation_id: string;
  project_id: string;
  head: string;
}

export interface CheckedInstallation {
  repositories: number;
  pages: number;
  /** One line for each thing that is not as it should be. */
  deviations: string[];
}

const PAGES = 'SELECT path, blob FROM wiki.pages WHERE organisation_id = $1 AND project_id = $2 AND NOT is_deleted ORDER BY path';

/**
 * Compares every repository with the tables that follow from it: head, objects (\`git fsck\`), and each page. Changes nothing.
 * Asked within a snapshot: a repository that is written meanwhile is then ahead of its row, never behind.
 */
export async function checkInstallation(database: WholeDatabase, copies: RepositoryCopies): Promise<CheckedInstallation> {
  const heads = await database.query<HeadRow>('SELECT organisation_id, project_id, head FROM wiki.heads ORDER BY 1, 2');
  const checked: CheckedInstallation = { repositories: heads.length, pages: 0, deviations: [] };
  for (const head of heads) {
    try {
      checked.pages += await checkRepository(database, copies, head);
    } catch (error) {
      checked.deviations.push(`${head.organisation_id}/${head.project_id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return checked;
}

/** Answers with the number of its pages. */
async function checkRepository(database: WholeDatabase, copies: RepositoryCopies, row: HeadRow): Promise<number> {
  const repository = copies.open(row);
  const tip = await repository.tip();
  if (tip === null) throw new Error(`there is no repository, though the database names ${row.head}`);
  if (!(await repository.isAncestor(row.head, tip))) throw new Error(`the branch is at ${tip}, which does not follow on ${row.head} of the database`);
  await copies.checkSound(repository);
  const rows = await database.query<{ path: string; blob: string }>(PAGES, [row.organisation_id, row.project_id]);
  const inTables = new Map(rows.map(({ path, blob }) => [path, blob]));
  const inGit = await pagesIn(repository, row.head);
  const differing = [...new Set([...inGit.keys(), ...inTables.keys()])].filter((path) => inGit.get(path) !== inTables.get(path));
  if (differing.length > 0) throw new Error(`${differing.length} pages differ between tables and git`);
  return inGit.size;
}

async function pagesIn(repository: BareRepository, head: string): Promise<Map<string, string>> {
  return new Map((await repository.files(head)).filter(({ path }) => isPagePath(path)).map(({ path, blob }) => [path, blob]));
}
