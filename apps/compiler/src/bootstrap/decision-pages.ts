import type { Material } from '#libs/contracts';
import { codeSpan, prose } from '../rules/markdown.js';
import { clamp, oneLine, sentencesOf } from '../rules/text.js';
import type { BootstrapPage } from './bootstrap-page.js';
import { isOrder, plain, quoted, sectionsOf } from './markdown-text.js';
import { section } from './table.js';

type File = Material['files'][number];
type Commit = Material['commits'][number];

const RECORD = /(?:^|\/)(?:adrs?|decisions|decision-records)\/([^/]+)\.md$/;
const NO_RECORD = /^(?:readme|index|template|0000-template|adr-template)$/i;
const RECORDS_MAX = 60;
const SECTION_CHARS_MAX = 1_800;
const TITLE_CHARS_MAX = 160;
const NAME_CHARS_MAX = 80;
const REASONS_MAX = 40;
const REASON_CHARS_MAX = 320;
const REASON = /\b(?:because|since|so that|instead of|rather than|decided|in order to|otherwise|weil|damit|statt|porque|parce que)\b/i;
const TRAILER = /^(?:[A-Z][\w-]+-by|Change-Id|Closes|Fixes|Refs|See|Co-authored-by):/im;

/** Decisions that the repository has written down as such, one page each, and the reasons that commits give, together on one. */
export function decisionPages({ files, commits }: Material): BootstrapPage[] {
  const records = files.filter(({ path }) => !NO_RECORD.test(RECORD.exec(path)?.[1] ?? 'readme')).slice(0, RECORDS_MAX);
  return [...records.flatMap((file) => record(file) ?? []), ...reasons(commits)];
}

/** Architecture decision records in the common forms: a title, a status, and sections of context, decision, consequences. */
function record({ path, text }: File): BootstrapPage | undefined {
  const sections = sectionsOf(text);
  const heading = sections.find(({ level }) => level === 1);
  if (heading === undefined) return undefined;
  const status = sections.find(({ title }) => /^status\b/i.test(title))?.text ?? /^[-* \t]*status:[ \t]*(.+)$/im.exec(text)?.[1] ?? '';
  const told = sections.filter(({ level, title }) => level > 1 && !/^(?:status|date|deciders|links|references)\b/i.test(title));
  const lines = [
    `Record: ${codeSpan(path, TITLE_CHARS_MAX)}${status.trim() === '' ? '' : `, status: ${prose(plain(status.split('\n')[0]!), NAME_CHARS_MAX)}`}.`, '',
    ...quoted(heading.text, SECTION_CHARS_MAX), '',
    ...told.flatMap(({ title, text: said }) => section(prose(title, TITLE_CHARS_MAX), quoted(said, SECTION_CHARS_MAX))),
  ];
  const name = slugOf(RECORD.exec(path)![1]!);
  const title = heading.title.replace(/^(?:ADR[-\s]*)?\d+\s*[.:–-]\s*/i, '');
  return { path: `decisions/${name}.md`, title: clamp(oneLine(title) || name, TITLE_CHARS_MAX), kind: 'decision', sources: [path], lines };
}

function reasons(commits: readonly Commit[]): BootstrapPage[] {
  const given = commits.flatMap((commit) => {
    const reason = reasonIn(commit);
    return reason ? [`- ${commit.at.slice(0, 10)} **${prose(commit.subject, TITLE_CHARS_MAX)}** (${codeSpan(commit.sha.slice(0, 10), TITLE_CHARS_MAX)}): ${reason}`] : [];
  });
  if (given.length === 0) return [];
  const lines = [`What the messages of commits give as reasons, the newest first${given.length > REASONS_MAX ? `; ${given.length - REASONS_MAX} older ones are left out` : ''}.`, '', ...given.slice(0, REASONS_MAX)];
  return [{ path: 'decisions/reasons-in-commits.md', title: 'Reasons given in commits', kind: 'decision', sources: ['git log'], lines }];
}

/** The sentences of a message that give one, as prose. */
function reasonIn({ body }: Commit): string | undefined {
  const paragraphs = body.split(/\n\s*\n/).filter((paragraph) => !TRAILER.test(paragraph));
  const found = paragraphs.flatMap((paragraph) => sentencesOf(plain(paragraph))).filter((sentence) => REASON.test(sentence) && !isOrder(sentence));
  return found.length === 0 ? undefined : prose(found.slice(0, 2).join(' '), REASON_CHARS_MAX);
}

function slugOf(name: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return words.slice(0, NAME_CHARS_MAX).replace(/-+$/, '') || 'record';
}
