import type { Migration } from '#libs/database';
import { Wiki1763900300000 } from './wiki.js';

export const wikiMigrations: readonly Migration[] = [Wiki1763900300000];
