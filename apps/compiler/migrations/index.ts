import type { Migration } from '#libs/database';
import { Briefings1764091200000 } from './briefings.js';
import { Consolidation1764087300000 } from './consolidation.js';
import { Feedback1764091800000 } from './feedback.js';
import { Memory1763900250000 } from './memory.js';
import { CompilerPurgedSessions1764110200000 } from './purged-sessions.js';

export const compilerMigrations: readonly Migration[] = [Memory1763900250000, Consolidation1764087300000, Briefings1764091200000, Feedback1764091800000, CompilerPurgedSessions1764110200000];
