import type { PageHead, PageKind } from '#libs/contracts';
import { type Frontmatter, parsePage } from './frontmatter.js';
import { expiryOf } from './page-expiry.js';
import { kindOf, tierOf } from './page-kind.js';
import { linksOf, type PageLink } from './page-links.js';
import type { PagePath } from './page-path.js';
import { type PageRelation, relationsOf } from './page-relations.js';
import { oneLine, titleOf } from './page-title.js';

const TAGS_MAX = 50;
const TAG_CHARS_MAX = 64;
const SUMMARY_CHARS_MAX = 1_000;

/** Everything that follows from a page's path and text alone. */
export interface PageDescription {
  readonly frontmatter: Frontmatter;
  readonly body: string;
  readonly title: string;
  readonly kind: PageKind;
  readonly tier: PageHead['tier'];
  /** Pinned pages are always recalled; slots are pinned by being slots. */
  readonly isPinned: boolean;
  readonly tags: readonly string[];
  readonly summary: string | null;
  readonly links: readonly PageLink[];
  readonly relations: readonly PageRelation[];
  readonly expiresAt: Date | null;
}

/** Never throws, whatever people have pushed: what makes no sense is left at its default. */
export function describePage(path: PagePath, text: string): PageDescription {
  const { frontmatter, body } = parsePage(text);
  const kind = kindOf(path, frontmatter);
  return {
    frontmatter,
    body,
    title: titleOf(path, frontmatter, body),
    kind,
    tier: tierOf(kind, frontmatter),
    isPinned: typeof frontmatter.pinned === 'boolean' ? frontmatter.pinned : kind === 'slot',
    tags: tagsOf(frontmatter.tags),
    summary: oneLine(frontmatter.summary, SUMMARY_CHARS_MAX) ?? oneLine(frontmatter.abstract, SUMMARY_CHARS_MAX),
    links: linksOf(path, body),
    relations: relationsOf(path, frontmatter),
    expiresAt: expiryOf(frontmatter.expires_at),
  };
}

function tagsOf(value: unknown): string[] {
  const written = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(written)) return [];
  const tags = written.flatMap((tag: unknown) => oneLine(tag, TAG_CHARS_MAX) ?? []);
  return [...new Set(tags)].slice(0, TAGS_MAX);
}
