import { type PageHead, PageKind, PageTier } from '#libs/contracts';
import { CANDIDATES } from './binding-page.js';
import type { Frontmatter } from './frontmatter.js';

/** Where the daily reports are: they repeat what other pages say, so that search and briefings leave them out. */
export const REPORTS_FOLDER = '_reports/';

const KIND_OF_FOLDER = new Map<string, PageKind>(Object.entries({
  sessions: 'session',
  decisions: 'decision',
  gotchas: 'gotcha',
  concepts: 'concept',
  procedures: 'procedure',
  notes: 'note',
  profile: 'profile',
  runbooks: 'runbook',
  investigations: 'investigation',
  _rules: 'rule',
  _slots: 'slot',
  _lint: 'report',
  _reports: 'report',
} as const));

const TIER_OF_KIND: Readonly<Record<PageKind, PageHead['tier']>> = {
  session: 'episodic',
  investigation: 'episodic',
  report: 'episodic',
  slot: 'working',
  rule: 'procedural',
  procedure: 'procedural',
  runbook: 'procedural',
  decision: 'semantic',
  gotcha: 'semantic',
  concept: 'semantic',
  note: 'semantic',
  profile: 'semantic',
  fact: 'semantic',
};

/** What a page says of itself wins over where it lies; a page in no known folder is a fact, and what would be a rule is none yet. */
export function kindOf(path: string, frontmatter: Frontmatter): PageKind {
  const said = PageKind.safeParse(frontmatter.kind);
  if (said.success) return said.data;
  if (path.startsWith(CANDIDATES)) return 'note';
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
  return KIND_OF_FOLDER.get(folder) ?? 'fact';
}

export function tierOf(kind: PageKind, frontmatter: Frontmatter): PageHead['tier'] {
  const said = PageTier.safeParse(frontmatter.tier);
  return said.success ? said.data : TIER_OF_KIND[kind];
}
