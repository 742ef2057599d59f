import type { agentHistories, Machine } from '#libs/agents';
import { Failure } from '../client/failure.js';
import type { Ledger } from './ledger.js';
import { importSession, type ImportSettings, type Imported } from './session-import.js';
import { type Source, sourcesIn } from './source.js';

/** A session that was written to more recently may still run, and its hooks tell the rest. */
const OPEN_MS = 30 * 60_000;

export type AgentHistory = (typeof agentHistories)[number];

/** What there was of one agent, in the words of the command's answer. */
export interface AgentCounts {
  agent: string;
  label: string;
  sessions: { new: number; there: number; open: number; left_out: number; empty: number };
  events: { new: number; there: number; dropped: number };
  broken_lines: number;
  /** Why a store could not be read. */
  problem?: string;
}

export interface BackfillSettings extends ImportSettings {
  machine: Machine;
  histories: readonly AgentHistory[];
  ledger: Ledger;
  now: Date;
  since: Date | undefined;
  /** The newest so many, parts of sub-agents counted. */
  limit: number | undefined;
  isForced: boolean;
  onProgress(done: number, total: number): void;
}

/** Imports what the agents have kept, the oldest first, so that the newest is what was left last. */
export async function backfill(settings: BackfillSettings): Promise<AgentCounts[]> {
  const counts = new Map(settings.histories.map(({ agent, label }) => [agent, noneOf(agent, label)]));
  const found: { source: Source; history: AgentHistory; count: AgentCounts }[] = [];
  for (const history of settings.histories) {
    const count = counts.get(history.agent)!;
    for (const source of await sourcesOf(history, settings, count)) found.push({ source, history, count });
  }
  const chosen = found.toSorted((a, b) => a.source.modifiedAt.getTime() - b.source.modifiedAt.getTime()).slice(-(settings.limit ?? found.length) || found.length);
  for (const [index, { source, history, count }] of chosen.entries()) {
    settings.onProgress(index, chosen.length);
    await importSource(source, history, settings, count);
  }
  return [...counts.values()].filter(({ sessions, problem }) => problem !== undefined || Object.values(sessions).some((each) => each > 0));
}

/** Whether an agent has kept anything here that no run has finished. What can't be read counts as nothing. */
export async function hasPastSessions(histories: readonly AgentHistory[], machine: Machine, ledger: Ledger): Promise<boolean> {
  try {
    for (const { agent, stores } of histories) for await (const source of sourcesIn(agent, stores(machine))) if (!ledger.find(source)) return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return false;
}

async function sourcesOf(history: AgentHistory, { machine, now, since }: BackfillSettings, count: AgentCounts): Promise<Source[]> {
  const sources: Source[] = [];
  try {
    for await (const source of sourcesIn(history.agent, history.stores(machine))) {
      if (since && source.modifiedAt < since) continue;
      if (now.getTime() - source.modifiedAt.getTime() < OPEN_MS) count.sessions.open += 1;
      else sources.push(source);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    count.problem = error.sentence;
  }
  return sources;
}

async function importSource(source: Source, history: AgentHistory, settings: BackfillSettings, count: AgentCounts): Promise<void> {
  const known = settings.isForced ? undefined : settings.ledger.find(source);
  if (known) {
    count.sessions.there += known.sessions;
    count.events.there += known.events;
    return;
  }
  const imported = await importSession(source, history, settings);
  addTo(count, imported);
  const { sent } = imported;
  if (imported.outcome === 'sent' && !settings.isDryRun) settings.ledger.add(source, { events: sent.new + sent.there, sessions: imported.isPart ? 0 : 1 });
}

function addTo(count: AgentCounts, { outcome, isPart, sent, broken }: Imported): void {
  count.broken_lines += broken;
  for (const name of ['new', 'there', 'dropped'] as const) count.events[name] += sent[name];
  if (isPart) return;
  if (outcome === 'sent') count.sessions[sent.new > 0 ? 'new' : 'there'] += 1;
  else count.sessions[outcome === 'empty' ? 'empty' : 'left_out'] += 1;
}

function noneOf(agent: string, label: string): AgentCounts {
  return { agent, label, sessions: { new: 0, there: 0, open: 0, left_out: 0, empty: 0 }, events: { new: 0, there: 0, dropped: 0 }, broken_lines: 0 };
}
