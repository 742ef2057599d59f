import type { InputOf, Page, WritePages } from '#libs/contracts';
import type { ProjectRef } from '../projects/projects.repository.js';

/** The write that makes a page what it was in a commit; all but who makes it so. */
export function restored(project: ProjectRef, { path, frontmatter, body }: Page, commit: string, expectedPageId: string | undefined): Omit<InputOf<typeof WritePages>, 'author' | 'by'> {
  return {
    projectId: project.projectId,
    projectName: `${project.workspace}/${project.project}`,
    pages: [{ path, frontmatter, body, expectedPageId }],
    message: `Restore ${path} as of ${commit.slice(0, 12)}`,
  };
}
