import { z } from 'zod';
import { PageKind, PageTier } from '#libs/contracts';
import { RELATION_TYPES } from '#libs/wiki-format';

const Text = z.string().min(1).max(2_000);
const Path = z.string().min(1).max(1_024);
const Paths = z.array(Path).max(50);

/** What a writer may say about a page besides its body, by the names that stand in its frontmatter. */
export const PageMetadata = z.strictObject({
  title: z.string().min(1).max(256),
  kind: PageKind,
  tier: PageTier,
  tags: z.array(z.string().min(1).max(64)).max(50),
  pinned: z.boolean(),
  summary: Text,
  abstract: Text,
  entities: z.array(z.string().min(1).max(64)).max(10),
  relations: z.partialRecord(z.enum(RELATION_TYPES), Paths),
  applies_to: Paths,
  enforced_by: Text,
  expires_at: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
}).partial();

/** What of it has another way to be said, which agents need not be told of. */
export const PageSuccession = z.strictObject({ supersedes: Paths.or(Path), superseded_by: Path }).partial();
