import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type InputOf, ListPages, type Page, ReadPage, ReadProject, type Session, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { passOverRefused } from '../jobs/refused-write.js';
import { mergedPage, type PageText, type Provenance, type SupportedPage } from './consolidated-page.js';
import type { TakenJob } from './consolidation-jobs.repository.js';
import { folderOf, pathOf, sameSubject } from './page-subject.js';
import { withSummary } from './session-summary.js';
import type { SupportedSession } from './supported-session.js';

/** As wiki-git declares it in its contract. */
const PRECONDITION_FAILED = 'wiki.page.precondition-failed';
/** Pages change under our hands, but not for ever. */
const TRIES_MAX = 4;
/** Pages of one folder that are looked through for the same subject, the latest first. */
const LISTED_MAX = 300;
const LIST_STEP = 100;

type Write = InputOf<typeof WritePages>['pages'][number];

/** Writes what a session has shown into the wiki: in one commit, over nothing that anybody changed meanwhile. */
@Injectable()
export class ConsolidatedPagesService {
  constructor(private readonly bus: Bus) {}

  async write(scope: TenantScope, session: Session, job: TakenJob, found: SupportedSession, model: string): Promise<void> {
    const provenance: Provenance = { sessionId: session.sessionId, endedAt: session.endedAt ?? session.lastEventAt, model, jobId: job.jobId };
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.writeOnce(scope, session, job.generation, found, provenance);
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== PRECONDITION_FAILED || tries === TRIES_MAX) throw error;
      }
    }
  }

  private async writeOnce(scope: TenantScope, session: Session, generation: number, found: SupportedSession, provenance: Provenance): Promise<void> {
    const { projectId, sessionId } = session;
    const writes = new Map<string, Write>();
    for (const page of found.pages) {
      const write = await this.pageWrite(scope, projectId, page, provenance, writes);
      if (write) writes.set(write.path, write);
    }
    const summary = await this.sessionWrite(scope, projectId, generation, found, provenance);
    const pages = [...writes.values(), ...(summary ? [summary] : [])];
    if (pages.length === 0) return;
    const { workspace, project } = await this.bus.ask(scope, ReadProject, { projectId });
    await this.bus.ask(scope, WritePages, {
      projectId, projectName: `${workspace}/${project}`, pages, message: `consolidate session ${sessionId.slice(0, 8)} with ${provenance.model}`,
      author: { name: session.ownerName, email: `${session.ownerId}@users.ai-memory`, agent: session.agent, sessionId }, by: 'model',
    }).catch(passOverRefused);
  }

  /** Null where nothing is new, or where the page is not ours to change: pinned, or of another kind by its author's word. */
  private async pageWrite(scope: TenantScope, projectId: string, page: SupportedPage, provenance: Provenance, writes: ReadonlyMap<string, Write>): Promise<Write | null> {
    const listed = await this.listed(scope, projectId, folderOf(page.kind));
    const path = sameSubject(page.title, listed)?.path ?? pathOf(page.kind, page.title);
    const current = writes.get(path) ? null : await this.find(scope, projectId, path);
    if (writes.has(path) || current?.isPinned || (current && current.kind !== page.kind)) return null;
    const merged = mergedPage(page, provenance, current);
    return merged && writeOf(path, merged, current);
  }

  /** Only over the rules' page of the same state of the session; a newer one is consolidated in its turn. */
  private async sessionWrite(scope: TenantScope, projectId: string, generation: number, { summary }: SupportedSession, provenance: Provenance): Promise<Write | null> {
    const path = `sessions/${provenance.sessionId}.md`;
    const current = await this.find(scope, projectId, path);
    if (!current || summary.length === 0 || current.frontmatter.observation_generation !== generation) return null;
    return writeOf(path, withSummary(current, summary, provenance), current);
  }

  private async find(scope: TenantScope, projectId: string, path: string): Promise<Page | null> {
    return this.bus.ask(scope, ReadPage, { projectId, path }).then(({ page }) => page, (error: unknown) => {
      if (error instanceof Fault && error.kind === 'not-found') return null;
      throw error;
    });
  }

  private async listed(scope: TenantScope, projectId: string, prefix: string): Promise<{ path: string; title: string }[]> {
    const found: { path: string; title: string }[] = [];
    let cursor: string | undefined;
    do {
      const answer: { pages: { path: string; title: string }[]; nextCursor: string | null } = await this.bus.ask(scope, ListPages, { projectIds: [projectId], prefix, limit: LIST_STEP, cursor });
      found.push(...answer.pages);
      cursor = answer.nextCursor ?? undefined;
    } while (cursor && found.length < LISTED_MAX);
    return found;
  }
}

function writeOf(path: string, text: PageText, current: Page | null): Write {
  const { value } = fitToStore({ frontmatter: text.frontmatter, body: text.body });
  return { path, ...value, ...(current ? { expectedPageId: current.pageId } : { isCreateOnly: true }) };
}
