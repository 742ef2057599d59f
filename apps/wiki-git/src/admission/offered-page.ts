import { describePage, parsePage, type PagePath, serialisePage } from '#libs/wiki-format';
import { redactText } from '#libs/redaction';
import type { PageMutation } from './webhook-answer.js';

/** A page as it is to be written, before anybody has decided. */
export interface OfferedPage {
  readonly path: string;
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly isDeleted: boolean;
}

/** What webhooks are sent at most, and what of an answer is read. */
export const PAYLOAD_BYTES_MAX = 256 * 1024;
const SHARE_MIN = 64;
const DESCRIBED_CHARS_MAX = 4_096;

export function offeredFile(path: string, content: Buffer): OfferedPage {
  return { path, ...parsePage(content.toString()), isDeleted: false };
}

/** What is said of the pages, in so many bytes at most: bodies are cut, all to one length, until it fits. */
export function payloadOf(head: Readonly<Record<string, unknown>>, pages: readonly OfferedPage[]): { text: string; cut: ReadonlySet<string> } {
  const views = pages.map(pageView);
  for (let share = PAYLOAD_BYTES_MAX; ; share = Math.floor(share / 2)) {
    const cut = new Set(pages.filter(({ body }) => body.length > share).map(({ path }) => path));
    if (share >= SHARE_MIN && pages.reduce((sum, { body }) => sum + Math.min(body.length, share), 0) > PAYLOAD_BYTES_MAX) continue;
    const text = JSON.stringify({ ...head, pages: views.map((view, index) => (pages[index]!.isDeleted ? view : { ...view, body: pages[index]!.body.slice(0, share), body_is_cut: cut.has(pages[index]!.path) })) });
    if (Buffer.byteLength(text) <= PAYLOAD_BYTES_MAX || share < SHARE_MIN) return { text, cut };
  }
}

/** All but the body. */
function pageView({ path, frontmatter, body, isDeleted }: OfferedPage): Record<string, unknown> {
  if (isDeleted) return { path, is_deleted: true };
  // A title that is in the body is at its beginning.
  const { title, tags } = describePage(path as PagePath, serialisePage(frontmatter, body.slice(0, DESCRIBED_CHARS_MAX)));
  return { path, title, tags, is_deleted: false };
}

/** The page with what a webhook would rather have; what it gives is redacted as anybody's text is. */
export function mutated(page: OfferedPage, { title, body, tags }: PageMutation): OfferedPage {
  const clean = (text: string): string => redactText(text).text;
  const frontmatter = { ...page.frontmatter, ...(title === undefined ? {} : { title: clean(title) }), ...(tags === undefined ? {} : { tags: tags.map(clean) }) };
  return { ...page, frontmatter, body: body === undefined ? page.body : clean(body) };
}
