import { cited, prose } from '../rules/markdown.js';
import { clamp } from '../rules/text.js';
import type { ConsolidatedKind } from './answer-schema.js';
import { leastTrusted, type SupportedClaim } from './supported-claims.js';
import { type Source, SOURCES } from './evidence.js';
import { likeness, termsOf } from './terms.js';

export interface SupportedPage {
  readonly kind: ConsolidatedKind;
  readonly title: string;
  readonly tags: readonly string[];
  readonly claims: readonly SupportedClaim[];
}

/** What the claims come from, and who put them together. */
export interface Provenance {
  readonly sessionId: string;
  readonly endedAt: string;
  readonly model: string;
  readonly jobId: string;
}

export interface PageText {
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const TEXT_CHARS_MAX = 500;
const SUMMARY_CHARS_MAX = 240;
/** Sections of that many sessions; the oldest gives way, and stays in git. */
const SECTIONS_MAX = 8;
/** Claims more alike than this say the same. */
const SAME_CLAIM = 0.7;
const SECTION = /^## \d{4}-\d{2}-\d{2}, session \[\[sessions\/([0-9a-f-]{36})\.md\]\]$/;

/**
 * The page with what the session has to say on its subject: one section a session, so that a session that is consolidated
 * again replaces what it said, and everything else on the page, whoever wrote it, stays. Null where it says nothing new.
 */
export function mergedPage(page: SupportedPage, provenance: Provenance, existing: PageText | null): PageText | null {
  const sections = sectionsOf(existing?.body ?? `# ${prose(page.title, TEXT_CHARS_MAX)}\n`).filter((section) => sessionOf(section) !== provenance.sessionId);
  const known = sections.flatMap((section) => section.filter((line) => line.startsWith('- ')).map(termsOf));
  const claims = page.claims.filter((claim) => !known.some((terms) => likeness(terms, termsOf(claim.text)) >= SAME_CLAIM));
  if (claims.length === 0) return null;
  const heading = `## ${provenance.endedAt.slice(0, 10)}, session [[sessions/${provenance.sessionId}.md]]`;
  const body = textOf(withoutOldest([...sections, [heading, '', ...claims.map(claimLine)]]));
  return { frontmatter: frontmatterOf(page, claims, provenance, existing), body };
}

/** A claim as a line of a list, citing its events as every page does. */
export function claimLine({ text, events }: SupportedClaim): string {
  return `- ${prose(text, TEXT_CHARS_MAX)}${cited(...events)}`;
}

function frontmatterOf(page: SupportedPage, claims: readonly SupportedClaim[], provenance: Provenance, existing: PageText | null): Record<string, unknown> {
  const before = existing?.frontmatter ?? { title: page.title, kind: page.kind, tags: page.tags, summary: clamp(claims[0]!.text, SUMMARY_CHARS_MAX), generated_by: 'consolidation' };
  const others = listOf(before.sources).filter((source) => (source as { session?: unknown } | null)?.session !== provenance.sessionId);
  const events = [...new Set(claims.flatMap((claim) => claim.events))].sort((a, b) => a - b);
  return {
    ...before,
    trust: leastTrusted([...knownSources(before.trust), ...claims.map((claim) => claim.from)]),
    consolidated_by: provenance.model,
    consolidation_job: provenance.jobId,
    sources: [...others, { session: provenance.sessionId, events }].slice(-SECTIONS_MAX),
  };
}

function knownSources(trust: unknown): Source[] {
  return SOURCES.filter((source) => source === trust);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The body in pieces, each from a heading of the second level to the next; the first is what stands before them. */
function sectionsOf(body: string): string[][] {
  const sections: string[][] = [[]];
  let isCode = false;
  for (const line of body.trimEnd().split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    if (line.startsWith('## ') && !isCode) sections.push([]);
    sections.at(-1)!.push(line);
  }
  return sections;
}

function sessionOf(section: readonly string[]): string | undefined {
  return SECTION.exec(section[0] ?? '')?.[1];
}

function withoutOldest(sections: readonly string[][]): string[][] {
  let excess = sections.filter((section) => sessionOf(section) !== undefined).length - SECTIONS_MAX;
  return sections.filter((section) => sessionOf(section) === undefined || excess-- <= 0);
}

function textOf(sections: readonly string[][]): string {
  return `${sections.map((section) => section.join('\n').trim()).filter((text) => text !== '').join('\n\n')}\n`;
}
