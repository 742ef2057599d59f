import type { Migration } from '#libs/database';
import { Capture1763900200000 } from './capture.js';

export const ingestMigrations: readonly Migration[] = [Capture1763900200000];
