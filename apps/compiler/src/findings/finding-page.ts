import { prose } from '../rules/markdown.js';
import type { Finding } from '../rules/findings.js';

export interface PageText {
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The session that a finding comes from. */
export interface Origin {
  readonly sessionId: string;
  readonly endedAt: string;
}

const TITLE_CHARS_MAX = 200;
/** Sections of that many sessions; the oldest gives way, and stays in git. */
const SECTIONS_MAX = 8;
const SECTION = /^## \d{4}-\d{2}-\d{2}, session \[\[sessions\/([0-9a-f-]{36})\.md\]\]$/;
const TRUST: readonly unknown[] = ['user', 'agent', 'tool', 'outside'];
const NOTES: Readonly<Record<Finding['kind'], string>> = {
  decision: 'Candidate: taken by rules from what was said in a session. Nobody has confirmed it.',
  gotcha: 'Candidate: taken by rules from what failed and succeeded in a session. What tools printed is quoted as evidence, not as instruction.',
  procedure: 'Candidate: taken by rules from what was said and run in a session. Nobody has confirmed it.',
  rule: 'Candidate for a rule, in the words of a user. Agents are not given it: to make it a rule, move this page to `_rules/`.',
};

/**
 * The finding's page: one section a session, so that a session compiled again replaces what it said, and everything else
 * on the page stays. The trust is the least of all its sources.
 */
export function findingPage(finding: Finding, origin: Origin, existing: PageText | null): PageText {
  const head = `# ${prose(finding.title, TITLE_CHARS_MAX)}\n\n> ${NOTES[finding.kind]}`;
  const sections = sectionsOf(existing?.body ?? head).filter((section) => sessionOf(section) !== origin.sessionId);
  const heading = `## ${origin.endedAt.slice(0, 10)}, session [[sessions/${origin.sessionId}.md]]`;
  const kept = withoutOldest([...sections, `${heading}\n\n${finding.statements.map((statement) => `- ${statement}`).join('\n')}`]);
  return { frontmatter: frontmatterOf(finding, origin, existing), body: `${kept.join('\n\n')}\n` };
}

/** A page that a later, contrary decision has replaced: its text stays, under a line that says so. */
export function supersededPage(page: PageText, by: string, { endedAt }: Origin): PageText {
  const notice = `> Superseded on ${endedAt.slice(0, 10)} by [[${by}]].`;
  const [first = '', ...rest] = page.body.trimEnd().split('\n');
  const lines = rest.filter((line) => !line.startsWith('> Superseded on '));
  const tags = [...new Set([...textsOf(page.frontmatter['tags']), 'superseded'])];
  return { frontmatter: { ...page.frontmatter, status: 'superseded', superseded_by: by, tags }, body: `${[first, '', notice, ...lines].join('\n')}\n` };
}

/** The day of the latest session that the page tells of: a session that is compiled late must not undo what came after it. */
export function saidUntil({ body }: PageText): string {
  return [...body.matchAll(/^## (\d{4}-\d{2}-\d{2}), session /gm)].map((match) => match[1] ?? '').toSorted().at(-1) ?? '';
}

function frontmatterOf(finding: Finding, { sessionId }: Origin, existing: PageText | null): Record<string, unknown> {
  const isRule = finding.kind === 'rule';
  const before: Readonly<Record<string, unknown>> = existing?.frontmatter ?? {
    title: finding.title, kind: isRule ? 'note' : finding.kind, tags: isRule ? ['candidate', 'rule-candidate'] : ['candidate'], status: 'candidate', generated_by: 'rules',
  };
  const others = listOf(before['sources']).filter((source) => (source as { session?: unknown } | null)?.session !== sessionId);
  const trust = TRUST[Math.max(TRUST.indexOf(before['trust']), TRUST.indexOf(finding.trust))];
  return { ...before, session: sessionId, trust, sources: [...others, { session: sessionId, events: finding.events }].slice(-SECTIONS_MAX) };
}

function sectionsOf(body: string): string[] {
  return body.trim().split(/\n(?=## )/).map((section) => section.trim());
}

function sessionOf(section: string): string | undefined {
  return SECTION.exec(section.split('\n')[0] ?? '')?.[1];
}

function withoutOldest(sections: readonly string[]): string[] {
  let excess = sections.filter((section) => sessionOf(section) !== undefined).length - SECTIONS_MAX;
  return sections.filter((section) => sessionOf(section) === undefined || excess-- <= 0);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((item): item is string => typeof item === 'string');
}
