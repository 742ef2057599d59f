import { Injectable } from '@nestjs/common';
import { PAGE_BYTES_MAX } from '#libs/contracts';
import { Fault } from '#libs/faults';
import { type PagePath, pageIdOf, parsePage, serialisePage } from '#libs/wiki-format';
import { type BareRepository, GENERATED_FOLDER } from '../repositories/bare-repository.js';
import type { CommitAuthor } from '../repositories/commit-message.js';
import type { LoggedCommit } from '../repositories/git-log.js';
import { conflictPath, markerSize, type Merge, mergeFrontmatter, resolveMarked } from './page-merge.js';
import { PRECONDITION_FAILED } from './pages.faults.js';
import { preparedFile, type PreparedWrite } from './prepared-write.js';
import type { CurrentVersion } from './write-decision.js';

/** How many versions back a base is looked for. */
const VERSIONS_MAX = 500;
const FILE_BYTES_MAX = 1_048_576;

/** A write that was merged with what is there; where it could not be, the page stays and `conflict` keeps the text. */
export interface MergedWrite {
  readonly write?: PreparedWrite;
  readonly conflict?: PreparedWrite;
  /** Files to keep beside it. */
  readonly beside: readonly { readonly path: string; readonly content: Buffer }[];
}

/** Brings together what two writers made of one page. */
@Injectable()
export class PageMergingService {
  /** Throws PRECONDITION_FAILED for a base that is no version of the page. */
  async merge(repository: BareRepository, projectId: string, write: PreparedWrite, current: CurrentVersion, author: CommitAuthor): Promise<MergedWrite> {
    const base = await this.baseOf(repository, projectId, write, author);
    const beside = write.isRegenerated ? [{ path: GENERATED_FOLDER + write.path, content: write.content }] : [];
    const texts = await repository.contents([...(base ? [base] : []), current.blob], FILE_BYTES_MAX);
    const [baseText, currentText] = [base && texts.get(base), texts.get(current.blob)];
    const merged = baseText && currentText ? await mergedText(repository, baseText, currentText, write.content) : 'conflict';
    if (merged === 'conflict') return { conflict: asConflict(write, author), beside };
    const file = preparedFile(merged.merged);
    return file.blob === write.blob ? { write, beside: [] } : { write: { ...write, ...file, isMerged: true }, beside };
  }

  /** The blob of the version that the writer went by; undefined where they have written none yet. */
  private async baseOf(repository: BareRepository, projectId: string, { path, basePageId }: PreparedWrite, author: CommitAuthor): Promise<string | undefined> {
    if (basePageId === undefined) return blobBy(author, await repository.history(path, VERSIONS_MAX, null, [GENERATED_FOLDER + path]));
    const versions = await repository.history(path, VERSIONS_MAX, null);
    const version = versions.find((commit) => idIn(commit, projectId, path) === basePageId);
    if (!version) throw new Fault(PRECONDITION_FAILED, { sentence: 'The base is no version of this page, or an old one. Read the page again.' });
    return version.changes[0]?.blob;
  }
}

/** Two changes of a page's file brought together, text and metadata each in its way. */
export async function mergedText(repository: BareRepository, base: Buffer, current: Buffer, incoming: Buffer): Promise<Merge<Buffer>> {
  const pages = [current, base, incoming].map((content) => parsePage(content.toString()));
  const frontmatter = mergeFrontmatter(pages[1]!.frontmatter, pages[0]!.frontmatter, pages[2]!.frontmatter);
  // Git marks whole lines.
  const [ours, common, theirs] = pages.map(({ body }) => (body === '' || body.endsWith('\n') ? body : `${body}\n`)) as [string, string, string];
  const size = markerSize([ours, common, theirs]);
  const body = resolveMarked(await repository.mergeTexts(ours, common, theirs, size), size);
  if (frontmatter === 'conflict' || body === 'conflict' || Buffer.byteLength(body.merged) > PAGE_BYTES_MAX) return 'conflict';
  return { merged: Buffer.from(serialisePage(frontmatter.merged, body.merged)) };
}

function asConflict(write: PreparedWrite, { name }: CommitAuthor): PreparedWrite {
  const { frontmatter, body } = parsePage(write.content.toString());
  const path = conflictPath(write.path, write.isRegenerated ? undefined : write.content);
  const content = Buffer.from(serialisePage({ ...frontmatter, title: `Conflict: ${write.path}`, kind: 'note', pinned: false, conflict_of: write.path, conflict_by: name }, body));
  return { path, ...preparedFile(content), expectedPageId: undefined, isCreateOnly: false };
}

function idIn({ commit, changes }: LoggedCommit, projectId: string, path: PagePath): string | undefined {
  return changes[0] && pageIdOf(projectId, path, changes[0].blob, commit);
}

/** What a program last made of a page: where that was merged, the page itself holds more. */
function blobBy({ name, agent, sessionId }: CommitAuthor, versions: readonly LoggedCommit[]): string | undefined {
  const last = versions.find((commit) => commit.author === name && commit.agent === agent && commit.sessionId === sessionId);
  return (last?.changes.find(({ path }) => path.startsWith(GENERATED_FOLDER)) ?? last?.changes.find(({ status }) => status !== 'D'))?.blob;
}
