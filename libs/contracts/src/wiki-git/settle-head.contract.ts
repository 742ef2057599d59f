import { z } from 'zod';
import { request } from '../define.js';

/** The search app tells how far it has indexed a project, so that wiki-git can announce again what it missed. Never goes backwards. */
export const SettleHead = request('wiki-git.settle-head.v1', {
  permission: 'service',
  input: z.object({ projectId: z.uuid(), revision: z.number().int().nonnegative() }),
  output: z.object({}),
  timeoutMs: 2_000,
});
