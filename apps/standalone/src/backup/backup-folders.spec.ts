import { describe, expect, it } from 'vitest';
import { backupName, outdated } from './backup-folders.js';

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
});
