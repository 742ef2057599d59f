import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user that a server runs as when we are root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The first of `names` that `/etc/passwd` knows and that is not root. */
export function findAccount(passwd: string, names: readonly string[]): Account | undefined {
  const lines = passwd.split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const fields = lines.find((line) => line[0] === name);
    const account = { uid: Number(fields?.[2] || 0), gid: Number(fields?.[3] || 0) };
    if (account.uid > 0) return account;
  }
  return undefined;
}

/** Whether permission bits let the account read and enter (or run) a file of this owner. It has no other groups than its own. */
export function mayUse(file: { uid: number; gid: number; mode: number }, account: Account): boolean {
  const shift = file.uid === account.uid ? 6 : file.gid === account.gid ? 3 : 0;
  return ((file.mode >> shift) & 0o5) === 0o5;
}

/** Whether permission bits let the account pass through a folder, without listing it. */
export function mayPass(folder: { uid: number; gid: number; mode: number }, account: Account): boolean {
  const shift = folder.uid === account.uid ? 6 : folder.gid === account.gid ? 3 : 0;
  return ((folder.mode >> shift) & 0o1) === 0o1;
}

/** Whether the account can pass through `folder` and every folder above it. `folder` is a real path. */
export function mayReach(folder: string, account: Account): boolean {
  const parent = dirname(folder);
  return mayPass(statSync(folder), account) && (parent === folder || mayReach(parent, account));
}
