import { PAGE_BYTES_MAX } from '#libs/contracts';
import { redactText } from '#libs/redaction';
import { pagePathProblem, parsePage } from '#libs/wiki-format';
import type { FileChange } from '../repositories/git-log.js';
import { FILE_BYTES_MAX, FRONTMATTER_BYTES_MAX } from '../repositories/page-row.js';

const PLAIN_FILE = '100644';
const KIND_OF_MODE = new Map([['120000', 'is a symbolic link'], ['160000', 'is a submodule'], ['100755', 'is executable: git update-index --chmod=-x']]);
/** The one file beside pages: it keeps an editor's own files out. */
const IGNORE_FILE = '.gitignore';
const IN_COMMITS = 'take it out of every commit you push';

/** Why a change may not be pushed, as far as path and mode tell; null where it may. What is only taken away may always go. */
export function changeProblem({ path, mode }: Pick<FileChange, 'path' | 'mode'>): string | null {
  if (mode === '000000') return null;
  const kind = KIND_OF_MODE.get(mode) ?? (mode === PLAIN_FILE ? null : 'is no plain file');
  if (kind) return `${kind}; only plain files are kept`;
  if (path === IGNORE_FILE) return null;
  if (!path.endsWith('.md')) return 'is no page: only .md files and one .gitignore are kept';
  const problem = pagePathProblem(path);
  return problem ? `the path ${problem}` : null;
}

export function sizeProblem(bytes: number): string | null {
  return bytes > FILE_BYTES_MAX ? `has ${sizeOf(bytes)}; a page may have ${FILE_BYTES_MAX / 1024} KiB` : null;
}

/** Why a file of the right size may not be pushed for what is in it; null where it may. A secret is named by its kind, never shown, with what to do about it. */
export function contentProblem(content: Buffer, secretRemedy = IN_COMMITS): string | null {
  const text = textOf(content);
  if (text === undefined) return 'is not text in UTF-8';
  const { body, problem } = parsePage(text);
  if (problem) return `the frontmatter can not be read: ${problem.split('\n')[0]!.slice(0, 200)}`;
  const bodyBytes = Buffer.byteLength(body);
  if (bodyBytes > PAGE_BYTES_MAX) return `has ${sizeOf(bodyBytes)} of text; a page may have ${PAGE_BYTES_MAX / 1024} KiB`;
  if (content.length - bodyBytes > FRONTMATTER_BYTES_MAX) return `has more than ${FRONTMATTER_BYTES_MAX / 1024} KiB of frontmatter`;
  return secretProblem(text, secretRemedy);
}

/** Names the kinds of secrets that a text seems to hold. */
export function secretProblem(text: string, remedy = IN_COMMITS): string | null {
  const kinds = Object.keys(redactText(text).findings);
  return kinds.length > 0 ? `holds what looks like a secret (${kinds.join(', ')}); ${remedy}` : null;
}

function textOf(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function sizeOf(bytes: number): string {
  return bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MiB` : `${Math.ceil(bytes / 1_024)} KiB`;
}
