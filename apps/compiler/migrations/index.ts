import type { Migration } from '#libs/database';
import { Memory1763900250000 } from './memory.js';

export const compilerMigrations: readonly Migration[] = [Memory1763900250000];
