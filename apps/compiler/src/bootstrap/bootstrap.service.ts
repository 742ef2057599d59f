import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { type BootstrapProject, type InputOf, type OutputOf, type Page, type ParsedInputOf, ReadHistory, ReadPage, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import type { TenantScope } from '#libs/tenancy';
import { type BootstrapPage, isSame, isUntouched, pageText, type PageText } from './bootstrap-page.js';
import { bootstrapPages } from './bootstrap-pages.js';

type Input = ParsedInputOf<typeof BootstrapProject>;
type Told = OutputOf<typeof BootstrapProject>['pages'][number];
type Write = InputOf<typeof WritePages>['pages'][number];

/** As many as one message may bring. */
const BATCH = 16;

/** Keeps pages of a checkout in the wiki: made anew each time, and left to people once they have touched them. */
@Injectable()
export class BootstrapService {
  constructor(private readonly bus: Bus) {}

  /** Fails with a conflict where somebody writes one of the pages meanwhile; what was written before that stays. */
  async bootstrap(scope: TenantScope, input: Input): Promise<OutputOf<typeof BootstrapProject>> {
    const told: Told[] = [];
    const writes: Write[] = [];
    for (const page of bootstrapPages(input.material)) {
      const text = pageText(redacted(page));
      const current = await this.find(scope, input.projectId, page.path);
      const outcome = await this.outcome(scope, input.projectId, page.path, text, current);
      told.push({ path: page.path, title: page.title, outcome, ...(input.isDryRun ? { body: text.body } : {}) });
      if (outcome === 'added' || outcome === 'changed') writes.push({ path: page.path, ...text, ...(current ? { expectedPageId: current.pageId } : { isCreateOnly: true }) });
    }
    if (!input.isDryRun) await this.write(scope, input, writes);
    return { pages: told };
  }

  private async outcome(scope: TenantScope, projectId: string, path: string, text: PageText, current: Page | null): Promise<Told['outcome']> {
    if (current === null) return (await this.wasDeleted(scope, projectId, path)) ? 'kept' : 'added';
    if (!isUntouched(current)) return 'kept';
    return isSame(current, text) ? 'unchanged' : 'changed';
  }

  private async write(scope: TenantScope, { projectId, projectName, author }: Input, writes: readonly Write[]): Promise<void> {
    for (let at = 0; at < writes.length; at += BATCH) {
      await this.bus.ask(scope, WritePages, { projectId, projectName, pages: writes.slice(at, at + BATCH), message: 'bootstrap from the repository', author, by: 'rules' });
    }
  }

  private async wasDeleted(scope: TenantScope, projectId: string, path: string): Promise<boolean> {
    const history = await orAbsent(this.bus.ask(scope, ReadHistory, { projectId, path, limit: 1 }));
    return history?.revisions[0]?.change === 'deleted';
  }

  private async find(scope: TenantScope, projectId: string, path: string): Promise<Page | null> {
    return (await orAbsent(this.bus.ask(scope, ReadPage, { projectId, path })))?.page ?? null;
  }
}

/** Once more, now that texts stand beside each other: the digest must be of what is kept. */
function redacted(page: BootstrapPage): BootstrapPage {
  return fitToStore(page).value;
}

async function orAbsent<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found') return null;
    throw error;
  });
}
