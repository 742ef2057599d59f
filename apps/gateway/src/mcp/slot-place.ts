import { z } from 'zod';
import type { ToolContext } from './tool-context.js';
import { PROJECT_PAIR, type Purpose, type ScopeAnswer, type ScopeNames } from './tool-scope.js';

/** Which of the caller's slots a call is about; as pages of the reference system name it. */
export const SLOT_PLACE = { scope: z.enum(['project', 'profile']).default('project').describe('profile: in every project'), ...PROJECT_PAIR };

/** The project, or null for the profile, which needs none. */
export async function slotPlace(context: ToolContext, { scope: of, ...named }: ScopeNames & { scope: 'project' | 'profile' }, purpose: Purpose): Promise<{ projectId: string | null; scope: ScopeAnswer }> {
  if (of === 'profile') return { projectId: null, scope: { organisation: context.caller.organisation, workspace: null, project: null, resolved_by: 'global' } };
  const { project, scope } = await context.resolve(named, purpose);
  return { projectId: project.projectId, scope };
}
