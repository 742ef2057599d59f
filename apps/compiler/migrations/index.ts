import type { Migration } from '#libs/database';
import { Briefings1764091200000 } from './briefings.js';
import { Consolidation1764087300000 } from './consolidation.js';
import { Feedback1764091800000 } from './feedback.js';
import { HandoffClaimants1764100300000 } from './handoff-claimants.js';
import { LeasesDespiteClock1764700400000 } from './leases-despite-clock.js';
import { Memory1763900250000 } from './memory.js';
import { Messages1764100200000 } from './messages.js';
import { ModelCallsRetention1764096500000 } from './model-calls-retention.js';
import { ReportDays1764101300000 } from './report-days.js';
import { SlotOwners1764115100000 } from './slot-owners.js';
import { Slots1764100100000 } from './slots.js';
import { CompilerPurgedSessions1764110200000 } from './purged-sessions.js';
import { TouchedFiles1764101200000 } from './touched-files.js';

export const compilerMigrations: readonly Migration[] = [
  Memory1763900250000, Consolidation1764087300000, Briefings1764091200000, Feedback1764091800000, ModelCallsRetention1764096500000, Slots1764100100000, Messages1764100200000, HandoffClaimants1764100300000,
  CompilerPurgedSessions1764110200000,
  TouchedFiles1764101200000, ReportDays1764101300000, SlotOwners1764115100000, LeasesDespiteClock1764700400000,
];
