import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { type ImportPages, type OutputOf, type ParsedInputOf, REFUSED_SHOWN_MAX } from '#libs/contracts';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { parsePage, statedTrust } from '#libs/wiki-format';
import { AdmissionService } from '../admission/admission.service.js';
import { offeredFile } from '../admission/offered-page.js';
import { prepareChange } from '../pages/prepared-write.js';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { FILE_BYTES_MAX } from '../repositories/page-row.js';
import { requireWriter } from '../repositories/require-writer.js';
import { archiveEntries } from './archive-entries.js';
import { type ArchivedPage, archivedPages } from './archived-pages.js';
import { IMPORTS_BUSY } from './archives.faults.js';

type Input = ParsedInputOf<typeof ImportPages>;
type Output = OutputOf<typeof ImportPages>;

/** Each holds all that it unpacked. */
const AT_ONCE_MAX = 2;

/** Takes archives in: pages by the rules of a push, in one commit. */
@Injectable()
export class ImportingService {
  private running = 0;

  constructor(private readonly repositories: RepositoriesService, private readonly admission: AdmissionService) {}

  async import(scope: TenantScope, input: Input, file: string): Promise<Output> {
    requireWriter(scope, input.projectId);
    if (this.running >= AT_ONCE_MAX) throw new Fault(IMPORTS_BUSY, { retryAfterSeconds: 5 });
    this.running += 1;
    try {
      const { pages: offered, refused } = await archivedPages(archiveEntries(createReadStream(file), FILE_BYTES_MAX));
      const mayWrite = !input.isDryRun && (input.isPartial || refused.length === 0);
      const pages = mayWrite ? await this.admitted(scope, input, offered) : offered;
      const taken = await this.repositories.exclusively(scope, input, async (held) => {
        const done = await take(held, input, pages, mayWrite);
        const { commit, added, changed } = done;
        if (commit !== null) await recordAudit(held.tx, scope, { action: 'pages.imported', target: `project:${input.projectName}`, after: { commit, added, changed, refused: refused.length } });
        return done;
      });
      return { ...taken, refused: refused.slice(0, REFUSED_SHOWN_MAX), refusedCount: refused.length };
    } finally {
      this.running -= 1;
    }
  }

  /** A page that a webhook changes is written as a page is; the others stay byte for byte what the archive has. */
  private async admitted(scope: TenantScope, { projectId, projectName, author }: Input, pages: readonly ArchivedPage[]): Promise<ArchivedPage[]> {
    const offered = pages.map(({ path, content }) => offeredFile(path, content));
    const admitted = await this.admission.admit(scope, { projectId, projectName, door: 'import', by: 'person', author }, offered);
    return pages.map((page, index) => {
      const { path, frontmatter, body } = admitted[index]!;
      return admitted[index] === offered[index] ? page : prepareChange({ pages: [{ path, frontmatter: { ...frontmatter }, body, isCreateOnly: false }], deletes: [] }).writes[0]!;
    });
  }
}

/** Compared with what git has, file by file: the same archive again makes no commit. */
async function take(held: HeldRepository, { author }: Input, pages: readonly ArchivedPage[], mayWrite: boolean): Promise<Pick<Output, 'commit' | 'added' | 'changed' | 'unchanged'>> {
  const files = held.head === null ? [] : await held.repository.files(held.head);
  const current = new Map(files.map(({ path, blob }) => [path, blob]));
  const writes = pages.filter(({ path, blob }) => current.get(path) !== blob);
  const added = writes.filter(({ path }) => !current.has(path)).length;
  const message = `Import ${writes.length} ${writes.length === 1 ? 'page' : 'pages'} from an archive`;
  // Nobody reads an archive page by page, so that it is believed no more than it says of itself.
  const trusts = new Map(writes.map(({ path, content }) => [path, statedTrust(parsePage(content.toString()).frontmatter) ?? 'user']));
  const commit = mayWrite && writes.length > 0 ? await held.commit({ writes, deletes: [], message, author, trusts }) : null;
  return { commit, added, changed: writes.length - added, unchanged: pages.length - writes.length };
}
