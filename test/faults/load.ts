import { setTimeout as rest } from 'node:timers/promises';
import { type Outcome, Recorder } from './recorder.js';
import type { Seeded } from './seeded.js';

const RETRY_MS = 100;
const BATCH_MAX = 8;
const WORKSPACE = 'faults';

/** Where the load of one cell goes: sessions and pages into one project, handoffs into another, that no session's end leaves any there. */
export interface Place {
  readonly project: string;
  readonly handoffs: string;
}

/** How many workers do what, and how long each rests between two things, in milliseconds, so that the load is a load and not a flood. */
export interface Workers {
  events: number;
  batches: number;
  pages: number;
  handoffs: number;
  paceMs: number;
}

export const sessionLog = (id: string): string => `session ${id}`;
export const pageLog = (path: string): string => `page ${path}`;
export const handoffLog = (project: string): string => `handoffs of ${project}`;

/** Workers that each do one thing after the other, as a laptop's spool does: the same again until it is acknowledged. */
export class Load {
  readonly sessions: string[] = [];
  readonly pages: string[] = [];
  private readonly workers: Promise<void>[] = [];
  private paceMs = 0;
  private isOver = false;

  constructor(private readonly recorder: Recorder, readonly place: Place, private readonly seeded: Seeded) {}

  /** Also returns at once; `stop` ends it. */
  start({ paceMs, ...counts }: Workers): void {
    this.paceMs = paceMs;
    const several = (count: number, work: () => Promise<void>): void => void this.workers.push(...Array.from({ length: count }, work));
    several(counts.events, () => this.runSession(() => 1));
    several(counts.batches, () => this.runSession(() => 1 + this.seeded.below(BATCH_MAX)));
    several(counts.pages, () => this.writePages());
    several(counts.handoffs, () => this.leaveHandoffs());
    several(counts.handoffs === 0 ? 0 : 2, () => this.claimHandoffs());
  }

  /** Sessions end, pages that were begun are written: resolves when all of that is acknowledged. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }

  private async runSession(size: () => number): Promise<void> {
    const id = this.seeded.uuid();
    this.sessions.push(id);
    for (let step = 0; !this.isOver || step === 0; await rest(this.paceMs)) {
      const items = Array.from({ length: size() }, () => `step ${(step += 1)} of ${id}`);
      await this.keepEvents(id, items);
    }
    await this.untilAcknowledged(() => this.sendEvents(id, [{ event: 'SessionEnd', item: 'end', body: { reason: 'exit' } }], () => []));
  }

  private async keepEvents(id: string, items: readonly string[]): Promise<void> {
    for (let left = items; left.length > 0;) {
      const events = left.map((item) => ({ event: 'UserPromptSubmit', item, body: { prompt: item } }));
      const acknowledged = await this.sendEvents(id, events, (kept) => left.map((item, index) => ({ item, isAcknowledged: index < kept })));
      left = left.slice(acknowledged);
      if (left.length > 0) await rest(RETRY_MS);
    }
  }

  /** How many of them are acknowledged, from the first on. */
  private async sendEvents(id: string, events: readonly { event: string; item: string; body: object }[], outcomes: (kept: number) => Outcome[]): Promise<number> {
    const requests = events.map(({ event, item, body }) => ({
      url: `/hook?event=${event}&agent=claude-code&workspace=${WORKSPACE}&project=${this.place.project}&ingest_key=${`${id}-${item}`.replaceAll(/\W/g, '-').slice(0, 64)}`,
      body: { session_id: id, cwd: `/w/${id}`, ...body },
    }));
    const isSingle = requests.length === 1;
    let kept = 0;
    await this.recorder.record<{ accepted?: number; results?: { outcome: string }[] }>('keep', sessionLog(id), events.map(({ item }) => item), () => (isSingle ? this.recorder.send('POST', requests[0]!.url, requests[0]!.body) : this.recorder.send('POST', '/hook/batch', requests)), ({ status, text, json }) => {
      if (/dropped/.test(text)) throw new Error(`An event was dropped: ${text}`);
      kept = isSingle ? Number(status === 202) : status === 200 ? json.accepted! : 0;
      return outcomes(kept);
    });
    return kept;
  }

  /** A page of its own, again and again, by REST and by MCP in turns; each write says which version it replaces. */
  private async writePages(): Promise<void> {
    const path = `notes/${this.seeded.name()}.md`;
    this.pages.push(path);
    let pageId: string | undefined;
    for (let version = 1; !this.isOver || version === 1; version += 1) {
      const item = `version ${version} of ${path}`;
      pageId = await this.untilAcknowledged(() => this.writePage(path, item, pageId, version % 2 === 0));
      await rest(this.paceMs);
    }
  }

  /** The id of the version once it is there; where another attempt of ours was faster than its answer, it is there too. */
  private async writePage(path: string, item: string, replaced: string | undefined, isByTool: boolean): Promise<string | undefined> {
    let pageId: string | undefined;
    const call = isByTool && replaced ? () => this.writeByTool(path, item, replaced) : () => this.writeByRest(path, item, replaced);
    await this.recorder.record('keep', pageLog(path), [item], async () => {
      const answer = await call();
      const isOvertaken = answer.status === 412 || answer.status === 409;
      const found = isOvertaken ? await this.recorder.send<{ page: { page_id: string; body: string } }>('GET', this.pagePath(path)) : undefined;
      pageId = found?.json?.page?.body.trim() === item ? found.json.page.page_id : answer.status < 300 ? (answer.json as { page_id: string }).page_id : undefined;
      return answer;
    }, () => [{ item, isAcknowledged: pageId !== undefined }]);
    return pageId;
  }

  private writeByRest(path: string, body: string, replaced: string | undefined) {
    return this.recorder.send('PUT', this.pagePath(path), { title: path, body }, replaced ? { 'if-match': `"${replaced}"` } : {});
  }

  private async writeByTool(path: string, body: string, replaced: string) {
    return this.callTool('memory_write_page', { workspace: WORKSPACE, project: this.place.project, path, body, title: path, expected_page_id: replaced });
  }

  private pagePath(path: string): string {
    return `/api/v1/workspaces/${WORKSPACE}/projects/${this.place.project}/pages/${path}`;
  }

  /** Never the same twice: what was not acknowledged may have been left all the same. */
  private async leaveHandoffs(): Promise<void> {
    const log = handoffLog(this.place.handoffs);
    for (let count = 1; !this.isOver; count += 1, await rest(this.paceMs * 5)) {
      const item = `handoff ${count} ${this.seeded.name()}`;
      const path = `/api/v1/workspaces/${WORKSPACE}/projects/${this.place.handoffs}/handoffs`;
      await this.recorder.record('keep', log, [item], () => this.recorder.send('POST', path, { summary: item }), ({ status }) => [{ item, isAcknowledged: status === 201 }]);
    }
  }

  private async claimHandoffs(): Promise<void> {
    const log = handoffLog(this.place.handoffs);
    for (; !this.isOver; await rest(this.paceMs * 5)) {
      const claim = () => this.callTool('memory_handoff_accept', { workspace: WORKSPACE, project: this.place.handoffs });
      await this.recorder.record('claim', log, [], claim, ({ json }) => {
        const { handoff } = json as { handoff?: { summary: string } | null };
        return handoff ? [{ item: handoff.summary, isAcknowledged: true }] : [];
      });
    }
  }

  /** An error of the tool counts as that of a request, so that both kinds of writing are told apart no further. */
  private async callTool(name: string, args: object) {
    const answer = await this.recorder.send('POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }, { accept: 'application/json, text/event-stream' });
    const message = /^\{.*\}$/m.exec(answer.text.replace(/^data: /gm, ''))?.[0];
    const result = message ? (JSON.parse(message) as { result?: { isError?: boolean; structuredContent?: Record<string, unknown> } }).result : undefined;
    if (answer.status !== 200 || !result) return { ...answer, json: {}, status: answer.status === 200 ? 503 : answer.status };
    return { ...answer, status: result.isError ? 409 : 200, json: result.structuredContent ?? {} };
  }

  private async untilAcknowledged<T>(work: () => Promise<T | undefined | 0>): Promise<T> {
    for (;;) {
      const result = await work();
      if (result) return result;
      await rest(RETRY_MS);
    }
  }
}
