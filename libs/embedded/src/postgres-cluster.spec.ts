import { expect, it } from 'vitest';
import { lastComplaint } from './postgres-cluster.js';

it.each([
  ['LOG:  starting\nFATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster running?\n', 'lock file "postmaster.pid" already exists'],
  ['2026-11-23 22:00:00 UTC [7] FATAL:  could not map\n2026-11-23 22:00:00 UTC [7] LOG:  database system is shut down', 'could not map'],
  ['initdb: error: directory exists but is not empty\n', 'directory exists but is not empty'],
  ['bin/postgres: not found\n', 'bin/postgres: not found'],
  ['', 'it said nothing'],
])('finds the reason in %j', (output, reason) => {
  expect(lastComplaint(output)).toBe(reason);
});
