import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type InputOf, ListPages, type Page, type PageHead, ReadHistory, ReadPage, type Session, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { choiceOf, isContrary } from '../rules/choices.js';
import type { Finding } from '../rules/findings.js';
import { passOverRefused } from '../jobs/refused-write.js';
import { findingPage, type Origin, type PageText, saidUntil, supersededPage } from './finding-page.js';
import { folderOf, pathOf, sameSubject } from '../consolidation/page-subject.js';

/** As wiki-git declares it in its contract. */
const PRECONDITION_FAILED = 'wiki.page.precondition-failed';
/** Pages change under our hands, but not for ever. */
const TRIES_MAX = 4;
/** Pages of one folder that are looked through, the latest first. */
const LISTED_MAX = 300;
const LIST_STEP = 100;

type Write = InputOf<typeof WritePages>['pages'][number];

/** Keeps what the rules found in a session on pages of its own: in one commit, over nothing that anybody else wrote. */
@Injectable()
export class FindingsService {
  constructor(private readonly bus: Bus) {}

  async write(scope: TenantScope, session: Session, findings: readonly Finding[], projectName: string): Promise<void> {
    for (let tries = 1; findings.length > 0; tries += 1) {
      try {
        return await this.writeOnce(scope, session, findings, projectName);
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== PRECONDITION_FAILED || tries === TRIES_MAX) throw error;
      }
    }
  }

  private async writeOnce(scope: TenantScope, session: Session, findings: readonly Finding[], projectName: string): Promise<void> {
    const origin: Origin = { sessionId: session.sessionId, endedAt: session.endedAt ?? session.lastEventAt };
    const writes = new Map<string, Write>();
    for (const finding of findings) {
      for (const write of await this.writesOf(scope, session.projectId, finding, origin)) if (!writes.has(write.path)) writes.set(write.path, write);
    }
    if (writes.size === 0) return;
    await this.bus.ask(scope, WritePages, {
      projectId: session.projectId, projectName, pages: [...writes.values()], message: `candidates from session ${session.sessionId.slice(0, 8)}`,
      author: { name: session.ownerName, email: `${session.ownerId}@users.ai-memory`, agent: session.agent, sessionId: session.sessionId }, by: 'rules',
    }).catch(passOverRefused);
  }

  /** The page of the finding, and that of the decision which it undoes. None where a person's page says it, or where somebody deleted it. */
  private async writesOf(scope: TenantScope, projectId: string, finding: Finding, origin: Origin): Promise<Write[]> {
    const listed = await this.listed(scope, projectId, folderOf(finding.kind));
    const undone = finding.kind === 'decision' ? await this.undone(scope, projectId, finding, listed, origin) : null;
    const path = sameSubject(finding.title, listed.filter((head) => head.path !== undone?.path))?.path ?? this.freePath(finding, undone, origin);
    const current = await this.find(scope, projectId, path);
    if (current === null ? await this.wasDeleted(scope, projectId, path) : !isOurs(current, origin)) return [];
    const page = findingPage(finding, origin, current);
    if (undone === null) return [writeOf(path, page, current)];
    const chained = { ...page, frontmatter: { ...page.frontmatter, supersedes: undone.path } };
    return [writeOf(path, chained, current), writeOf(undone.path, supersededPage(undone, path, origin), undone)];
  }

  /** An earlier decision that took what this one leaves, or left what it takes; of a session that ended before. */
  private async undone(scope: TenantScope, projectId: string, { title }: Finding, listed: readonly PageHead[], origin: Origin): Promise<Page | null> {
    const later = choiceOf(title);
    const head = later && listed.find((each) => !each.tags.includes('superseded') && isContrary(later, choiceOf(each.title) ?? { taken: [], left: [] }));
    const page = head === undefined ? null : await this.find(scope, projectId, head.path);
    const isOpen = page !== null && isOurs(page, origin) && page.frontmatter['session'] !== origin.sessionId && saidUntil(page) <= origin.endedAt;
    return isOpen ? page : null;
  }

  private freePath(finding: Finding, undone: Page | null, { endedAt }: Origin): string {
    const path = pathOf(finding.kind, finding.title);
    return path === undone?.path ? path.replace(/\.md$/, `-${endedAt.slice(0, 10)}.md`) : path;
  }

  private async wasDeleted(scope: TenantScope, projectId: string, path: string): Promise<boolean> {
    const history = await orAbsent(this.bus.ask(scope, ReadHistory, { projectId, path, limit: 1 }));
    return history?.revisions[0]?.change === 'deleted';
  }

  private async find(scope: TenantScope, projectId: string, path: string): Promise<Page | null> {
    return (await orAbsent(this.bus.ask(scope, ReadPage, { projectId, path })))?.page ?? null;
  }

  private async listed(scope: TenantScope, projectId: string, prefix: string): Promise<PageHead[]> {
    const found: PageHead[] = [];
    let cursor: string | undefined;
    do {
      const answer: { pages: PageHead[]; nextCursor: string | null } = await this.bus.ask(scope, ListPages, { projectIds: [projectId], prefix, limit: LIST_STEP, cursor });
      found.push(...answer.pages);
      cursor = answer.nextCursor ?? undefined;
    } while (cursor !== undefined && found.length < LISTED_MAX);
    return found;
  }
}

async function orAbsent<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found') return null;
    throw error;
  });
}

/** Still a candidate as a machine wrote it: not pinned, confirmed or written by a person, nor what a model made of this session. */
function isOurs({ isPinned, frontmatter, body }: Page, { sessionId }: Origin): boolean {
  const isCandidate = frontmatter['generated_by'] === 'rules' && (frontmatter['status'] === 'candidate' || frontmatter['status'] === 'superseded');
  const isConsolidated = frontmatter['consolidation_job'] !== undefined && body.includes(`[[sessions/${sessionId}.md]]`);
  return isCandidate && !isPinned && !isConsolidated;
}

function writeOf(path: string, text: PageText, current: Page | null): Write {
  const { value } = fitToStore({ frontmatter: text.frontmatter, body: text.body });
  return { path, ...value, ...(current === null ? { isCreateOnly: true } : { expectedPageId: current.pageId }) };
}
