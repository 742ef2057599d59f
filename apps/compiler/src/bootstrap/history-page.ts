import type { Material } from '#libs/contracts';
import { codeSpan, prose } from '../rules/markdown.js';
import { counted } from '../rules/text.js';
import type { BootstrapPage } from './bootstrap-page.js';
import { section, table } from './table.js';

type Commit = Material['commits'][number];

const AREAS_MAX = 15;
const HOT_MAX = 15;
const PEOPLE_MAX = 15;
const LATELY_MAX = 15;
const TEXT_CHARS_MAX = 140;
/** Files that change with everything and tell of nothing. */
const COMPANION = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|Cargo\.lock|go\.sum|poetry\.lock|uv\.lock|Gemfile\.lock|composer\.lock|CHANGELOG(?:\.\w+)?)$|\.(?:snap|min\.js|map)$/i;

interface Activity {
  readonly name: string;
  readonly commits: Commit[];
}

/** Where work happens, which files change most, who works where, and what was done lately; null without commits. */
export function historyPage({ name, commits }: Material): BootstrapPage | null {
  const [newest, oldest] = [commits[0], commits.at(-1)];
  if (newest === undefined || oldest === undefined) return null;
  const span = `The newest ${counted(commits.length, 'commit')} without merges, from ${dayOf(oldest)} to ${dayOf(newest)} (${codeSpan(newest.sha.slice(0, 10), TEXT_CHARS_MAX)}).`;
  const lines = [
    span, '',
    ...section('Where work happens', areas(commits)),
    ...section('Files changed most', hotFiles(commits)),
    ...section('Who', people(commits)),
    ...section('Lately', commits.slice(0, LATELY_MAX).map((commit) => `- ${dayOf(commit)} ${prose(commit.subject, TEXT_CHARS_MAX)} (${codeSpan(commit.sha.slice(0, 10), TEXT_CHARS_MAX)})`)),
  ];
  return { path: 'concepts/history.md', title: `${name}: history`, kind: 'concept', sources: ['git log'], lines };
}

function areas(commits: readonly Commit[]): string[] {
  const rows = activities(commits, ({ paths }) => paths.map(areaOf)).slice(0, AREAS_MAX);
  const isShared = new Set(commits.map(({ author }) => author)).size > 1;
  return table(['area', 'commits', 'last', ...(isShared ? ['mostly by'] : [])], rows.map(({ name, commits: own }) => [codeSpan(name, TEXT_CHARS_MAX), String(own.length), dayOf(own[0]!), ...(isShared ? [authorsOf(own)] : [])]));
}

function hotFiles(commits: readonly Commit[]): string[] {
  const rows = activities(commits, ({ paths }) => paths.filter((path) => !COMPANION.test(path))).filter(({ commits: own }) => own.length > 1).slice(0, HOT_MAX);
  return table(['file', 'commits', 'last'], rows.map(({ name, commits: own }) => [codeSpan(name, TEXT_CHARS_MAX), String(own.length), dayOf(own[0]!)]));
}

function people(commits: readonly Commit[]): string[] {
  const rows = activities(commits, ({ author }) => [author]).slice(0, PEOPLE_MAX);
  return table(['who', 'commits', 'from', 'to', 'mostly in'], rows.map(({ name, commits: own }) => {
    const places = activities(own, ({ paths }) => paths.map(areaOf)).slice(0, 3).map((area) => codeSpan(area.name, TEXT_CHARS_MAX));
    return [prose(name, TEXT_CHARS_MAX), String(own.length), dayOf(own.at(-1)!), dayOf(own[0]!), places.join(', ')];
  }));
}

/** Commits by something about them, the most first; a commit counts once for each. */
function activities(commits: readonly Commit[], namesOf: (commit: Commit) => readonly string[]): Activity[] {
  const found = new Map<string, Commit[]>();
  for (const commit of commits) {
    for (const name of new Set(namesOf(commit))) found.set(name, [...(found.get(name) ?? []), commit]);
  }
  return [...found].map(([name, own]) => ({ name, commits: own })).toSorted((a, b) => b.commits.length - a.commits.length || (a.name < b.name ? -1 : 1));
}

function authorsOf(commits: readonly Commit[]): string {
  return activities(commits, ({ author }) => [author]).slice(0, 2).map(({ name }) => prose(name, TEXT_CHARS_MAX)).join(', ');
}

/** The folder of two levels that a file is in; the root's files are one area. */
function areaOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 ? '(root)' : `${folders.slice(0, 2).join('/')}/`;
}

function dayOf({ at }: Commit): string {
  return at.slice(0, 10);
}
