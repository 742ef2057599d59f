import type { TrackedFile } from './checkout-git.js';

/** Files that tell what a project is and how it is worked on, by what they tell; `charsMax` of each are read. */
const KINDS: readonly { readonly path: RegExp; readonly charsMax: number; readonly filesMax: number }[] = [
  { path: /^readme(?:\.(?:md|markdown|rst|txt))?$/i, charsMax: 16_000, filesMax: 1 },
  { path: /^(?:\.github\/|docs\/)?(?:CONTRIBUTING|ARCHITECTURE|DEVELOPMENT|HACKING|AGENTS|CLAUDE|GEMINI|copilot-instructions)\.md$/i, charsMax: 16_000, filesMax: 8 },
  { path: /^(?:package\.json|pyproject\.toml|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|Gemfile|(?:GNUm|M|m)akefile|\.?justfile|(?:docker-)?compose\.ya?ml|pnpm-workspace\.yaml)$/, charsMax: 16_000, filesMax: 12 },
  { path: /(?:^|\/)(?:adrs?|decisions|decision-records)\/[^/]+\.md$/, charsMax: 8_000, filesMax: 60 },
  { path: /^(?:scripts|bin|tools|script)\/[^/]+\.(?:sh|bash|mjs|js|ts|py|rb)$|^[^/]+\.sh$/, charsMax: 2_000, filesMax: 20 },
  { path: /^[^/]+(?:\/[^/]+)?\/(?:README\.md|package\.json)$/i, charsMax: 3_000, filesMax: 30 },
  { path: /^(?:docs?|documentation)\/.+\.md$/, charsMax: 3_000, filesMax: 30 },
];
/** Other people's projects, and what is made. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|target|fixtures?|testdata|__fixtures__)\//;
const FILE_BYTES_MAX = 1_048_576;
const FILES_MAX = 150;

export interface WantedFile {
  readonly file: TrackedFile;
  readonly charsMax: number;
}

/** Which files are read, the most telling first; each once. */
export function wantedFiles(files: readonly TrackedFile[]): WantedFile[] {
  const candidates = files.filter(({ path, bytes }) => bytes <= FILE_BYTES_MAX && !FOREIGN.test(path) && path.length <= 400);
  const taken = new Map<string, WantedFile>();
  for (const { path: pattern, charsMax, filesMax } of KINDS) {
    const fitting = candidates.filter(({ path }) => pattern.test(path) && !taken.has(path)).toSorted((a, b) => depthOf(a) - depthOf(b) || (a.path < b.path ? -1 : 1));
    for (const file of fitting.slice(0, filesMax)) taken.set(file.path, { file, charsMax });
  }
  return [...taken.values()].slice(0, FILES_MAX);
}

function depthOf({ path }: TrackedFile): number {
  return path.split('/').length;
}

export interface FolderFacts {
  readonly path: string;
  readonly files: number;
  readonly endings: Readonly<Record<string, number>>;
}

const FOLDERS_MAX = 200;

/** Folders of one and two levels, the fullest first where there are too many. */
export function foldersOf(files: readonly Pick<TrackedFile, 'path'>[]): FolderFacts[] {
  const found = new Map<string, { files: number; endings: Record<string, number> }>();
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1);
    const ending = /\.([a-z0-9]{1,20})$/i.exec(path)?.[1]?.toLowerCase();
    for (const level of [1, 2].filter((each) => parts.length >= each)) count(found, parts.slice(0, level).join('/'), ending);
  }
  const all = [...found].map(([path, facts]) => ({ path, ...facts })).filter(({ path }) => path.length <= 400);
  const kept = all.toSorted((a, b) => b.files - a.files || (a.path < b.path ? -1 : 1)).slice(0, FOLDERS_MAX);
  return kept.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function count(found: Map<string, { files: number; endings: Record<string, number> }>, folder: string, ending: string | undefined): void {
  const facts = found.get(folder) ?? { files: 0, endings: Object.create(null) as Record<string, number> };
  facts.files += 1;
  if (ending !== undefined) facts.endings[ending] = (facts.endings[ending] ?? 0) + 1;
  found.set(folder, facts);
}
