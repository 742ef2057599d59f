import { preparedFile } from '../pages/prepared-write.js';
import { changeProblem, contentProblem, sizeProblem } from '../transport/pushed-file.js';
import type { ArchiveEntry } from './archive-entries.js';

/** A file that may come in, as git will hold it. */
export interface ArchivedPage {
  readonly path: string;
  readonly content: Buffer;
  readonly blob: string;
}

export interface Refusal {
  readonly path: string;
  readonly reason: string;
}

const PLAIN_FILE = '100644';
const MODES: Readonly<Record<string, string>> = { file: PLAIN_FILE, symlink: '120000' };
const PATH_CHARS_MAX = 200;

/** Divides what an archive holds into what a push may bring and what it may not, with the reason for each. */
export async function archivedPages(entries: AsyncIterable<ArchiveEntry>): Promise<{ pages: ArchivedPage[]; refused: Refusal[] }> {
  const pages = new Map<string, ArchivedPage>();
  const refused: Refusal[] = [];
  for await (const entry of entries) {
    const problem = pages.has(entry.path) ? 'stands in the archive twice' : problemOf(entry);
    if (problem === null) pages.set(entry.path, { path: entry.path, ...preparedFile(entry.content!) });
    else refused.push({ path: printable(entry.path), reason: problem });
  }
  return { pages: [...pages.values()], refused };
}

function problemOf({ path, type, bytes, content }: ArchiveEntry): string | null {
  return changeProblem({ path, mode: MODES[type] ?? type }) ?? sizeProblem(bytes) ?? contentProblem(content ?? Buffer.alloc(0), 'take it out of the file');
}

/** A path goes to a terminal, which must not take it for commands. */
function printable(path: string): string {
  return path.replace(/\p{C}/gu, '?').slice(0, PATH_CHARS_MAX);
}
