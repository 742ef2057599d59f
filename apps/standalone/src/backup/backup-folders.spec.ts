import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupName, newestBackupAt, outdated } from './backup-folders.js';

const day = (number: number): string => backupName(new Date(Date.UTC(2026, 0, number)));

describe('of finished backups', () => {
  it.each([
    ['all stay while there are no more than are kept', [1, 2], 2, []],
    ['the oldest go', [3, 1, 2], 1, [1, 2]],
  ])('%s', (_what, days, keep, gone) => {
    expect(outdated(days.map(day), keep)).toEqual(gone.map(day));
  });

  it('nothing else in the folder is counted or goes', () => {
    expect(outdated([`${day(1)}.partial`, 'notes', 'backup.prom', day(2), day(3)], 2)).toEqual([]);
  });

  it('the newest says when it was begun, whatever is not finished', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ai-memory-backups-'));
    expect(await newestBackupAt(folder)).toBeUndefined();
    for (const name of [day(2), day(1), `${day(3)}.partial`, 'notes']) mkdirSync(join(folder, name));
    expect(await newestBackupAt(folder)).toEqual(new Date(Date.UTC(2026, 0, 2)));
    rmSync(folder, { recursive: true });
  });
});
