import type { Migration } from '#libs/database';
import { Consolidation1764087300000 } from './consolidation.js';
import { Memory1763900250000 } from './memory.js';

export const compilerMigrations: readonly Migration[] = [Memory1763900250000, Consolidation1764087300000];
