import { z } from 'zod';
import { request } from '../define.js';

/** A project's names, for apps that only know its id. Fails with `not-found`. */
export const ReadProject = request('gateway.read-project.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ projectId: z.uuid(), workspaceId: z.uuid(), workspace: z.string(), project: z.string() }),
  timeoutMs: 2_000,
});
