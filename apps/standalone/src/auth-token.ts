import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '../../gateway/src/identity/access-token.js';

export interface OwnerToken {
  token: string;
  path: string;
  isNew: boolean;
}

/** The bootstrap owner's token, made at the first start and kept in a file that only its owner may read. A preset one replaces it. */
export function ownerToken(dataDir: string, preset: string | undefined): OwnerToken {
  const path = join(dataDir, 'auth-token');
  const kept = preset ?? readIfThere(path);
  const token = kept ?? makeToken('pat');
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return { token, path, isNew: kept === undefined };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
