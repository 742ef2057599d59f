import { PAGE_BYTES_MAX, type ParsedInputOf, type WritePages } from '#libs/contracts';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { type PagePath, parsePage, parsePagePath, serialisePage } from '#libs/wiki-format';
import { blobOf } from '../objects/git-object.js';
import { FRONTMATTER_BYTES_MAX } from '../repositories/page-row.js';
import { PAGE_TEXT_INVALID, PAGE_TOO_LARGE } from './pages.faults.js';

/** A page as its file will be; `blob` is what git will call that content. */
export interface PreparedWrite {
  readonly path: PagePath;
  readonly content: Buffer;
  readonly blob: string;
  readonly expectedPageId: string | undefined;
  readonly isCreateOnly: boolean;
  readonly basePageId?: string | undefined;
  readonly isRegenerated?: boolean | undefined;
  /** Holds changes of others beside the writer's own. */
  readonly isMerged?: boolean;
}

export interface PreparedDelete {
  readonly path: PagePath;
  readonly expectedPageId: string | undefined;
}

export interface PreparedChange {
  readonly writes: readonly PreparedWrite[];
  readonly deletes: readonly PreparedDelete[];
}

/** Checks everything about a write that does not depend on what is there. Throws the first fault found. */
export function prepareChange({ pages, deletes }: Pick<ParsedInputOf<typeof WritePages>, 'pages' | 'deletes'>): PreparedChange {
  const prepared = {
    writes: pages.map(({ path, frontmatter, body, ...conditions }) => ({ ...conditions, path: parsePagePath(path), ...fileOf({ frontmatter, body }), expectedPageId: conditions.expectedPageId })),
    deletes: deletes.map((page) => ({ path: parsePagePath(page.path), expectedPageId: page.expectedPageId })),
  };
  const paths = [...prepared.writes, ...prepared.deletes].map(({ path }) => path);
  if (new Set(paths).size < paths.length) throw new Fault(INVALID_INPUT, { sentence: 'A page may stand in one write only once.' });
  return prepared;
}

function fileOf({ frontmatter, body }: { frontmatter: Readonly<Record<string, unknown>>; body: string }): { content: Buffer; blob: string } {
  if (body.includes('\0')) throw new Fault(PAGE_TEXT_INVALID);
  const content = Buffer.from(serialisePage(frontmatter, body));
  const bodyBytes = Buffer.byteLength(body);
  if (bodyBytes > PAGE_BYTES_MAX || content.length - bodyBytes > FRONTMATTER_BYTES_MAX) throw new Fault(PAGE_TOO_LARGE);
  return preparedFile(content);
}

/** A page by the text of its file, as people edit it. Throws what `prepareChange` throws. */
export function fileOfText(text: string): { content: Buffer; blob: string } {
  return fileOf(parsePage(text));
}

/** A file with the name that git will give its content. */
export function preparedFile(content: Buffer): { content: Buffer; blob: string } {
  return { content, blob: blobOf(content) };
}
