import { createHash } from 'node:crypto';
import type { History, PastEvent, PastSession } from '#libs/agents';
import type { ServerClient } from '../client/server-client.js';
import { BatchSender, type Sent } from './batch-sender.js';
import { namesIgnored } from './capture-rules.js';
import { BROKEN } from './json-lines.js';
import type { Place } from './place.js';
import type { Source } from './source.js';

export interface ImportSettings {
  server: ServerClient;
  isDryRun: boolean;
  placeOf(session: PastSession): Promise<Place>;
  /** Whether a session is to be imported, by where it belongs. */
  isWanted(place: Place): boolean;
}

export interface Imported {
  /** `left-out`: it belongs elsewhere, or nothing of it may be kept; `empty`: there is nothing to keep. */
  outcome: 'sent' | 'left-out' | 'empty';
  /** A sub-agent's part of a session that has another source. */
  isPart: boolean;
  broken: number;
  sent: Sent;
}

/** A store that has not named the folder by then does not. */
const UNPLACED_EVENTS_MAX = 16;
/** The end that no agent keeps. */
const END = { event: 'session-end', reason: 'imported' };

/** Reads one source and sends what it tells. At no time is more than a batch of it in memory. */
export async function importSession(source: Source, history: History, settings: ImportSettings): Promise<Imported> {
  const reader = history.reader();
  const sending = new SessionSending(source, settings);
  let broken = 0;
  const result = (outcome: Imported['outcome']): Imported => ({ outcome, broken, isPart: reader.session?.isPart === true, sent: sending.sent });
  for await (const record of source.records()) {
    if (record === BROKEN) broken += 1;
    else if (!(await sending.take(reader.take(record), reader.session))) return result('left-out');
  }
  return result(await sending.finish(reader.finish(), reader.session));
}

class SessionSending {
  private readonly sender: BatchSender;
  private waiting: PastEvent[] = [];
  private place: Place | undefined;
  private lastAt = '';

  constructor(private readonly source: Source, private readonly settings: ImportSettings) {
    this.sender = new BatchSender(settings.server);
  }

  get sent(): Sent {
    return this.sender.sent;
  }

  /** False where the session is not wanted, so that it need not be read to its end. */
  async take(events: readonly PastEvent[], session: PastSession | undefined): Promise<boolean> {
    this.waiting.push(...events);
    const hasWork = this.lastAt !== '' || this.waiting.length > 1;
    const isPlaced = (this.source.folder ?? session?.cwd) !== undefined || this.waiting.length >= UNPLACED_EVENTS_MAX;
    return hasWork && isPlaced ? this.send(session) : true;
  }

  async finish(events: readonly PastEvent[], session: PastSession | undefined): Promise<Imported['outcome']> {
    this.waiting.push(...events);
    // A session that began and no more; what a sub-agent said is told by one event.
    const isEmpty = this.lastAt === '' && this.waiting.length <= (session?.isPart ? 0 : 1);
    if (!session || isEmpty) return 'empty';
    if (!(await this.send(session))) return 'left-out';
    if (!session.isPart) await this.sendOne(session, { recordId: `end@${this.lastAt}`, event: END.event, occurredAt: this.lastAt, facts: { reason: END.reason } });
    await this.sender.flush();
    return 'sent';
  }

  private async send(session: PastSession | undefined): Promise<boolean> {
    if (!session) return true;
    this.place ??= await this.settings.placeOf({ ...session, cwd: this.source.folder ?? session.cwd });
    if (this.place.rules.isOff || !this.settings.isWanted(this.place)) return false;
    const events = this.waiting;
    this.waiting = [];
    for (const event of events) await this.sendOne(session, event);
    return true;
  }

  private async sendOne(session: PastSession, { recordId, event, occurredAt, facts }: PastEvent): Promise<void> {
    const { cwd, query, rules } = this.place!;
    if (occurredAt > this.lastAt) this.lastAt = occurredAt;
    if (namesIgnored(facts['tool_input'], cwd ?? '', rules.ignored)) return;
    const { agent } = this.source;
    const key = createHash('sha256').update([agent, session.nativeSessionId, recordId, event].join('\0')).digest('base64url');
    const parameters = new URLSearchParams({ event, agent, ingest_key: key, imported: '1', ...(this.source.isUntimed && { untimed: '1' }), ...(this.settings.isDryRun && { dry_run: '1' }), ...query });
    await this.sender.add({ url: `/hook?${parameters}`, body: { occurred_at: occurredAt, session_id: session.nativeSessionId, ...(cwd !== undefined && { cwd }), ...facts } });
  }
}
