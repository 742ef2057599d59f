import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientHome } from '../client/client-home.js';
import { writeAtomically } from '../files/atomic-write.js';

/**
 * Tells the hook which agents report their own events, so that an event which also comes by another agent's hooks (Cursor
 * and others run those of Claude Code) is counted once.
 */
export async function markWired(home: ClientHome, agent: string, isWired: boolean): Promise<void> {
  const path = join(home.path, 'state', 'wired', agent);
  if (isWired) await writeAtomically(path, '', { mode: 0o600 });
  else await rm(path, { force: true });
}
