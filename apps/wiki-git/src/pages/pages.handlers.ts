import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { BlamePage, CountPages, CountStoredPages, DiffPage, FindPages, FindPastPages, ListChanges, ListPages, type OutputOf, type ParsedInputOf, PullPages, ReadHistory, ReadPage, RevertWrites, WritePages } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { AdmissionService } from '../admission/admission.service.js';
import { PageBlameService } from './page-blame.service.js';
import { PageHistoryService } from './page-history.service.js';
import { PageWritingService } from './page-writing.service.js';
import { PagesService } from './pages.service.js';
import { PastPagesService } from './past-pages.service.js';
import { RevertingService } from './reverting.service.js';

@Controller()
export class PagesHandlers {
  constructor(
    private readonly pages: PagesService, private readonly writing: PageWritingService, private readonly pageHistory: PageHistoryService, private readonly reverting: RevertingService,
    private readonly past: PastPagesService, private readonly blames: PageBlameService, private readonly admission: AdmissionService,
  ) {}

  @Serves(WritePages)
  async write(scope: TenantScope, input: ParsedInputOf<typeof WritePages>): Promise<OutputOf<typeof WritePages>> {
    return this.writing.write(scope, await this.admission.admitWrite(scope, input));
  }

  @Serves(CountStoredPages)
  stored(scope: TenantScope, _input: ParsedInputOf<typeof CountStoredPages>): Promise<OutputOf<typeof CountStoredPages>> {
    return this.pages.stored(scope);
  }

  @Serves(ReadPage)
  async read(scope: TenantScope, input: ParsedInputOf<typeof ReadPage>): Promise<OutputOf<typeof ReadPage>> {
    return { page: await this.pages.read(scope, input) };
  }

  @Serves(ListPages)
  list(scope: TenantScope, input: ParsedInputOf<typeof ListPages>): Promise<OutputOf<typeof ListPages>> {
    return this.pages.list(scope, input);
  }

  @Serves(FindPages)
  async find(scope: TenantScope, input: ParsedInputOf<typeof FindPages>): Promise<OutputOf<typeof FindPages>> {
    return { pages: await this.pages.find(scope, input.pages) };
  }

  @Serves(FindPastPages)
  findPast(scope: TenantScope, input: ParsedInputOf<typeof FindPastPages>): Promise<OutputOf<typeof FindPastPages>> {
    return this.past.find(scope, input);
  }

  @Serves(ReadHistory)
  async history(scope: TenantScope, input: ParsedInputOf<typeof ReadHistory>): Promise<OutputOf<typeof ReadHistory>> {
    return { revisions: await this.pageHistory.history(scope, input.projectId, input.path, input.limit) };
  }

  @Serves(DiffPage)
  diff(scope: TenantScope, input: ParsedInputOf<typeof DiffPage>): Promise<OutputOf<typeof DiffPage>> {
    return this.pageHistory.diff(scope, input);
  }

  @Serves(BlamePage)
  blame(scope: TenantScope, input: ParsedInputOf<typeof BlamePage>): Promise<OutputOf<typeof BlamePage>> {
    return this.blames.blame(scope, input.projectId, input.path);
  }

  @Serves(ListChanges)
  changes(scope: TenantScope, input: ParsedInputOf<typeof ListChanges>): Promise<OutputOf<typeof ListChanges>> {
    return this.pageHistory.changes(scope, input);
  }

  @Serves(RevertWrites)
  revert(scope: TenantScope, input: ParsedInputOf<typeof RevertWrites>): Promise<OutputOf<typeof RevertWrites>> {
    return this.reverting.revert(scope, input);
  }

  @Serves(CountPages)
  count(scope: TenantScope, input: ParsedInputOf<typeof CountPages>): Promise<OutputOf<typeof CountPages>> {
    return this.pages.count(scope, input.projectId);
  }

  @Serves(PullPages)
  pull(scope: TenantScope, input: ParsedInputOf<typeof PullPages>): Promise<OutputOf<typeof PullPages>> {
    return this.pages.pull(scope, input);
  }
}
