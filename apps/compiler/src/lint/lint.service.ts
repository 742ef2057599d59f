import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type LintProject, type OutputOf, type PageFeedback, type ParsedInputOf, PullPages } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { FeedbackRepository } from '../feedback/feedback.repository.js';
import type { Found } from './lint-codes.js';
import { countsOf, type Evidence, lintWiki } from './lint-wiki.js';
import { type PageFacts, pageFacts } from './page-facts.js';
import { TouchedFilesRepository } from './touched-files.repository.js';

/** Further pages are not looked at; what is lost is said by the count of pages. */
const PAGES_MAX = 50_000;
/** As much at a time as is given. */
const PULL_BYTES = 512 * 1024;
const FEEDBACK_MAX = 5_000;

interface Looked {
  readonly pages: number;
  readonly findings: readonly Found[];
}

/** Looks wikis over: the pages from wiki-git, what sessions and readers said of them from our own tables. */
@Injectable()
export class LintService {
  /** Under way, by organisation and project: whoever asks meanwhile gets the same answer. */
  private readonly running = new Map<string, Promise<Looked>>();

  constructor(private readonly bus: Bus, private readonly db: TenantDb, private readonly feedback: FeedbackRepository, private readonly touchedFiles: TouchedFilesRepository) {}

  async lint(scope: TenantScope, { projectId, codes, limit }: ParsedInputOf<typeof LintProject>): Promise<OutputOf<typeof LintProject>> {
    const { pages, findings } = await this.look(scope, projectId);
    const wanted = findings.filter(({ code }) => codes === undefined || codes.includes(code));
    return { pages, counts: countsOf(wanted), findings: wanted.slice(0, limit).map(({ about: _about, ...finding }) => finding) };
  }

  /** Everything that is wrong with a project's wiki. */
  async look(scope: TenantScope, projectId: string): Promise<Looked> {
    const key = `${scope.organisationId} ${projectId}`;
    const running = this.running.get(key) ?? this.lookNow(scope, projectId).finally(() => this.running.delete(key));
    this.running.set(key, running);
    return running;
  }

  private async lookNow(scope: TenantScope, projectId: string): Promise<Looked> {
    const pages = await this.pages(scope, projectId);
    const evidence = await this.evidence(scope, projectId, pages);
    return { pages: pages.length, findings: lintWiki(pages, evidence, new Date()) };
  }

  private async pages(scope: TenantScope, projectId: string): Promise<PageFacts[]> {
    // A page that changes meanwhile is pulled again, as it is then.
    const pages = new Map<string, PageFacts | null>();
    let after: number | null = 0;
    while (after !== null && pages.size < PAGES_MAX) {
      const pulled: OutputOf<typeof PullPages> = await this.bus.ask(scope, PullPages, { projectId, afterRevision: after, bytesMax: PULL_BYTES });
      for (const page of pulled.pages) pages.set(page.head.path, pageFacts(page));
      after = pulled.nextRevision;
    }
    return [...pages.values()].filter((page) => page !== null);
  }

  private evidence(scope: TenantScope, projectId: string, pages: readonly PageFacts[]): Promise<Evidence> {
    const sources = pages.flatMap((page) => page.sources.map((source) => ({ ...source, page: page.path })));
    return this.db.run(scope, async (tx) => {
      const cited = await this.touchedFiles.cited(tx, sources);
      const judged = await this.feedback.list(tx, projectId, null, FEEDBACK_MAX);
      return {
        changes: await this.touchedFiles.changed(tx, projectId),
        citations: Map.groupBy(cited, ({ source }) => sources[source]!.page),
        confirmedAt: await this.feedback.confirmations(tx, projectId),
        feedback: new Map(judged.map((each): [string, PageFeedback] => [each.pageId, each])),
      };
    });
  }
}
