import type { OutputOf, PageKind, PullPages } from '#libs/contracts';
import { linksOf, parsePage, parsePagePath } from '#libs/wiki-format';
import { type Choice, choiceOf } from '../rules/choices.js';
import { FILE_NAME } from '../rules/files-named.js';
import { sketchOf } from './shingles.js';

type PulledPage = OutputOf<typeof PullPages>['pages'][number];

/** Events of a session that a page cites, by their place in it. */
export interface Source {
  readonly sessionId: string;
  readonly events: readonly number[];
}

/** What of a page the checks need: all but its text, so that those of a whole wiki can be held at once. */
export interface PageFacts {
  readonly path: string;
  readonly pageId: string;
  readonly title: string;
  readonly kind: PageKind;
  readonly isPinned: boolean;
  readonly updatedAt: string;
  /** The session that wrote this version; null where a person did. */
  readonly writtenIn: string | null;
  /** Replaced by a later page; `successor` is that page where it is named. */
  readonly isSuperseded: boolean;
  readonly successor: string | null;
  /** Paths in the same project that its text, or a relation in its frontmatter, leads to. */
  readonly links: readonly string[];
  /** Whether it leads to a page of another project. */
  readonly hasForeignLinks: boolean;
  readonly contradicts: readonly string[];
  readonly choices: readonly Choice[];
  /** Files of the code that it names, or was made of. */
  readonly namedFiles: readonly string[];
  readonly sources: readonly Source[];
  readonly sketch: Uint32Array;
  readonly frontmatterProblem: string | null;
  readonly frontmatterBytes: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What Postgres holds; no session comes near. */
const PLACE_MAX = 2 ** 31 - 1;
const NAMED_FILES_MAX = 100;
const CHOICES_MAX = 10;
/** What may be a path, cut off from the text, since looking for the name of a file in a very long word would take for ever. */
const PATH_LIKE = /(?<![\w./@:-])[\w@./-]{3,200}(?![\w/(])/g;
/** The words of a user on a page that rules made. */
const QUOTED = /“([^”\n]{3,300})”/g;

/** Null for a page that was deleted. */
export function pageFacts({ head, body, frontmatter }: PulledPage): PageFacts | null {
  if (body === null) return null;
  const links = linksOf(parsePagePath(head.path), body);
  const relations = relationsOf(frontmatter['relations']);
  const inProject = [...links.flatMap(({ project, path }) => (project === null ? [path] : [])), ...Object.values(relations).flat()];
  return {
    path: head.path, pageId: head.pageId, title: head.title, kind: head.kind, isPinned: head.isPinned, updatedAt: head.updatedAt, writtenIn: head.sessionId,
    isSuperseded: frontmatter['status'] === 'superseded' || head.tags.includes('superseded'),
    successor: relationTarget(textOf(frontmatter['superseded_by']) ?? '')[0] ?? null,
    links: [...new Set(inProject)].filter((path) => path !== head.path),
    hasForeignLinks: links.some(({ project }) => project !== null),
    contradicts: relations['contradicts'] ?? [],
    choices: choicesOf(head.title, body),
    namedFiles: namedFiles(body, frontmatter['sources']),
    sources: sourcesOf(frontmatter['sources']),
    sketch: sketchOf(body),
    frontmatterProblem: parsePage(body).problem,
    frontmatterBytes: Math.max(0, head.bytes - Buffer.byteLength(body)),
  };
}

/** What the title chooses, and each sentence that is quoted from a user: further text may tell of what was before. */
function choicesOf(title: string, body: string): Choice[] {
  const sentences = [title, ...Array.from(body.matchAll(QUOTED), (match) => match[1] ?? '')];
  return sentences.slice(0, CHOICES_MAX).flatMap((sentence) => choiceOf(sentence) ?? []);
}

/** Files that the text names, and those that the page was made of. */
function namedFiles(body: string, sources: unknown): string[] {
  const made = Array.isArray(sources) ? sources.flatMap((source: { file?: unknown } | null) => textOf(source?.file) ?? []) : [];
  const words = Array.from(body.matchAll(PATH_LIKE), ([word]) => word).filter((word) => word.includes('.'));
  const files = words.flatMap((word) => Array.from(word.matchAll(FILE_NAME), (match) => match[1] ?? ''));
  return [...new Set([...made, ...files])].slice(0, NAMED_FILES_MAX);
}

/** Targets by name of the relation, as paths; written plainly or as wikilinks. */
function relationsOf(value: unknown): Record<string, string[]> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, targets]) => [name, [targets].flat().flatMap((target) => textOf(target) ?? []).flatMap(relationTarget)]));
}

function relationTarget(written: string): string[] {
  const [link] = linksOf(parsePagePath('x.md'), written.startsWith('[[') ? written : `[[${written}]]`);
  return link && link.project === null ? [link.path] : [];
}

function sourcesOf(value: unknown): Source[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((source: { session?: unknown; events?: unknown } | null) => {
    const sessionId = textOf(source?.session);
    const events = Array.isArray(source?.events) ? source.events.filter((place): place is number => Number.isInteger(place) && place > 0 && place <= PLACE_MAX) : [];
    return sessionId === null || !UUID.test(sessionId) ? [] : [{ sessionId, events }];
  });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
