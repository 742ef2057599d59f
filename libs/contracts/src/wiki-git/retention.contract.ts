import { z } from 'zod';
import { request } from '../define.js';

const Settings = z.object({ isOn: z.boolean(), halfLifeDays: z.number().int().min(7).max(3_650) });

/** How fast pages of a project fade, and which of them the next sweep would archive; at most 100. No page younger than `ageDaysMin` is. */
export const ReadRetention = request('wiki-git.read-retention.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ settings: Settings, ageDaysMin: z.number(), faded: z.array(z.object({ path: z.string(), strength: z.number() })) }),
  timeoutMs: 5_000,
});

export const WriteRetention = request('wiki-git.write-retention.v1', {
  permission: 'admin:settings',
  input: Settings.partial().extend({ projectId: z.uuid() }),
  output: z.object({ settings: Settings }),
  isChange: true,
  timeoutMs: 2_000,
});

/** Pages that were archived and have not been written again, the last first, at most 200. Their texts are in the history. */
export const ListArchived = request('wiki-git.list-archived.v1', {
  permission: 'memory:read',
  input: z.object({ projectId: z.uuid() }),
  output: z.object({ pages: z.array(z.object({ path: z.string(), archivedAt: z.iso.datetime() })) }),
  timeoutMs: 2_000,
});
