import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { ListChanges, ListPages, type OutputOf, type PageHead, ReadProject, WritePages } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { REPORTS_FOLDER } from '#libs/wiki-format';
import { FeedbackRepository } from '../feedback/feedback.repository.js';
import { HandoffsRepository } from '../handoffs/handoffs.repository.js';
import type { Found } from '../lint/lint-codes.js';
import { LintService } from '../lint/lint.service.js';
import { passOverRefused } from '../jobs/refused-write.js';
import { ReportDaysRepository, type TakenDay } from './report-days.repository.js';
import { reportPage } from './report-page.js';
import type { ReportedDay } from './reported-day.js';
import { boundsOf, dayOf } from './utc-day.js';

const AUTHOR = { name: 'ai-memory', email: 'reports@users.ai-memory' };
/** Of a day, more of each are not looked at. */
const READ_MAX = 500;
const LIST_STEP = 100;
/** Days of projects that this process remembers having noted. */
const NOTED_MAX = 10_000;

/** The daily report of each project, written once the day is over and something happened on it. */
@Injectable()
export class ReportsService {
  private readonly noted = new Set<string>();

  constructor(
    private readonly bus: Bus,
    private readonly db: TenantDb,
    private readonly days: ReportDaysRepository,
    private readonly handoffs: HandoffsRepository,
    private readonly feedback: FeedbackRepository,
    private readonly lints: LintService,
  ) {}

  /** Pages changed now: the day of it has something to tell. Of many changes on one day the first counts. */
  async noteChange(scope: TenantScope, projectId: string, now: Date): Promise<void> {
    const key = `${scope.organisationId} ${projectId} ${dayOf(now)}`;
    if (this.noted.has(key)) return;
    await this.db.run(scope, (tx) => this.days.note(tx, projectId, dayOf(now)));
    if (this.noted.size >= NOTED_MAX) this.noted.clear();
    this.noted.add(key);
  }

  /** Writes the next report that is due, and tells whether there was one. Throws to be called again, a bounded number of times. */
  async writeNext(scope: TenantScope, now: Date, hour: number): Promise<boolean> {
    const taken = await this.db.run(scope, (tx) => this.days.take(tx, now, hour));
    if (!taken) return false;
    const findings = await this.write(scope, taken);
    await this.db.run(scope, (tx) => this.days.finish(tx, taken, findings));
    return true;
  }

  /** What lint finds now, as the next report is to know it; null where nothing happened. */
  private async write(scope: TenantScope, { projectId, day }: TakenDay): Promise<string[] | null> {
    const { workspace, project } = await this.bus.ask(scope, ReadProject, { projectId });
    const facts = { day, projectName: `${workspace}/${project}`, ...(await this.happened(scope, projectId, day)) };
    if (reportPage({ ...facts, findings: [] }) === null) return null;
    const { findings } = await this.lints.look(scope, projectId);
    const known = await this.db.run(scope, (tx) => this.days.findingsBefore(tx, projectId, day));
    const page = reportPage({ ...facts, findings: known === null ? [] : findings.filter((finding) => !known.includes(keyOf(finding))) })!;
    const { value } = fitToStore(page);
    await this.bus.ask(scope, WritePages, { projectId, projectName: facts.projectName, pages: [{ ...value, isRegenerated: true }], message: `report of ${day}`, author: AUTHOR, by: 'rules' }).catch(passOverRefused);
    return findings.map(keyOf);
  }

  private async happened(scope: TenantScope, projectId: string, day: string): Promise<Pick<ReportedDay, 'sessions' | 'commits' | 'titles' | 'feedback'>> {
    const { from, until } = boundsOf(day);
    const { commits } = await this.bus.ask(scope, ListChanges, { projectId, since: from.toISOString(), until: until.toISOString() });
    const [left, feedback] = await this.db.run(scope, async (tx) => [
      await this.handoffs.leftBetween(tx, projectId, from, until, READ_MAX), await this.feedback.givenBetween(tx, projectId, from, until, READ_MAX),
    ] as const);
    const sessions = left.map(({ sessionId, fromAgent, ...session }) => ({ ...session, sessionId: sessionId!, agent: fromAgent }));
    return { sessions, commits: commits.flatMap(withoutReports), titles: await this.titles(scope, projectId, from), feedback };
  }

  /** Titles of the pages that were changed since a time, as they are now. */
  private async titles(scope: TenantScope, projectId: string, since: Date): Promise<Map<string, PageHead>> {
    const titles = new Map<string, PageHead>();
    let cursor: string | undefined;
    do {
      const { pages, nextCursor }: OutputOf<typeof ListPages> = await this.bus.ask(scope, ListPages, { projectIds: [projectId], limit: LIST_STEP, cursor });
      for (const page of pages) titles.set(page.path, page);
      cursor = pages.some(({ updatedAt }) => new Date(updatedAt) < since) ? undefined : nextCursor ?? undefined;
    } while (cursor !== undefined && titles.size < READ_MAX * 2);
    return titles;
  }
}

type Commit = OutputOf<typeof ListChanges>['commits'][number];

/** A report does not tell of reports. */
function withoutReports(commit: Commit): Commit[] {
  const pages = commit.pages.filter(({ path }) => !path.startsWith(REPORTS_FOLDER));
  return pages.length === 0 ? [] : [{ ...commit, pages }];
}

function keyOf({ code, pages, about }: Found): string {
  return [code, ...pages, about].join(' ');
}
