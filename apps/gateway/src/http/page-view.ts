import { z } from 'zod';
import { PageHead as Head, type Page, PageTrust } from '#libs/contracts';

const { kind, tier } = Head.shape;

export const PageHeadView = z.object({
  path: z.string(),
  page_id: z.uuid().describe('Names this version of the page; its ETag is the same in quotes.'),
  title: z.string(),
  kind,
  tier,
  pinned: z.boolean(),
  tags: z.array(z.string()),
  summary: z.string().nullable(),
  updated_at: z.iso.datetime(),
  author: z.string(),
  agent: z.string().nullable(),
  session_id: z.uuid().nullable(),
  commit: z.string(),
  bytes: z.int(),
  trust: PageTrust.describe('The least of its sources: a person stands for it, an agent wrote it, a tool printed it, it comes from outside.'),
  expires_at: z.iso.datetime().nullable(),
  superseded_by: z.string().nullable().describe('The last of the pages that stand in its place.'),
}).meta({ id: 'PageHead' });

const Relation = z.object({ type: z.enum(['causes', 'fixes', 'contradicts', 'supersedes', 'superseded_by']), path: z.string() });

export const PageView = PageHeadView.extend({
  body: z.string().describe('Markdown, without the frontmatter.'),
  frontmatter: z.record(z.string(), z.unknown()),
  links: z.array(z.object({ target: z.string(), broken: z.boolean() })),
  backlinks: z.array(z.string()),
  relations: z.array(Relation).describe('What it says it is to other pages.'),
  related_by: z.array(Relation).describe('What other pages say they are to it.'),
  readership: z.object({ reads: z.int(), readers: z.int(), last_read_at: z.iso.datetime().nullable() }).nullable().describe('How often it was read, by people and their agents, each at most once a minute. Null of a past version.'),
}).meta({ id: 'Page' });

export function pageHeadView(head: Head): z.output<typeof PageHeadView> {
  return {
    path: head.path, page_id: head.pageId, title: head.title, kind: head.kind, tier: head.tier, pinned: head.isPinned, tags: head.tags,
    summary: head.summary, updated_at: head.updatedAt, author: head.author, agent: head.agent, session_id: head.sessionId, commit: head.commit, bytes: head.bytes, trust: head.trust,
    expires_at: head.expiresAt ?? null, superseded_by: head.supersededBy ?? null,
  };
}

export function pageView(page: Page): z.output<typeof PageView> {
  const links = page.links.map(({ target, isBroken }) => ({ target, broken: isBroken }));
  const readership = page.readership ? { reads: page.readership.reads, readers: page.readership.readers, last_read_at: page.readership.lastReadAt } : null;
  return { ...pageHeadView(page), body: page.body, frontmatter: page.frontmatter, links, backlinks: page.backlinks, relations: page.relations ?? [], related_by: page.relatedBy ?? [], readership };
}
