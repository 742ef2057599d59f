import { defineFault, Fault } from '#libs/faults';

declare const checked: unique symbol;

/**
 * A path that is the same file on every file system, is safe as a git argument behind `--`, and can't leave its
 * repository: lower-case ASCII segments divided by `/`, ending in `.md`.
 */
export type PagePath = string & { readonly [checked]: true };

export const PAGE_PATH_CHARS_MAX = 200;

export const PAGE_PATH_INVALID = defineFault(
  'wiki.page.path-invalid', 'invalid', 'A page path looks like decisions/use-postgres.md: lower-case letters, digits, dots, dashes and underscores, divided by slashes.');

/** Windows opens a device in place of a file of such a name, whatever its extension. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/;

type Rule = readonly [isBroken: (text: string) => boolean, problem: string];

/** In the order in which a person would want to hear of them. */
const PATH_RULES: readonly Rule[] = [
  [(path) => path === '', 'is empty'],
  [(path) => path.length > PAGE_PATH_CHARS_MAX, `is longer than ${PAGE_PATH_CHARS_MAX} characters`],
  [(path) => /\p{Cc}/u.test(path), 'holds a control character'],
  [(path) => path.normalize('NFC') !== path, 'is not in Unicode normal form C'],
  [(path) => path.includes('\\'), 'has a backslash; folders are divided by /'],
  [(path) => path.startsWith('/'), 'starts with a slash; paths are relative to the project'],
  [(path) => /\p{Lu}/u.test(path), 'has capital letters; write it in lower case'],
  [(path) => path.includes('..'), 'holds ..'],
  [(path) => /[^a-z0-9._/-]/.test(path), 'may hold only a to z, 0 to 9, dots, dashes, underscores and slashes'],
  [(path) => !path.endsWith('.md'), 'does not end in .md'],
];

const SEGMENT_RULES: readonly Rule[] = [
  [(segment) => segment === '', 'has an empty folder name'],
  [(segment) => segment.startsWith('.'), 'has a name that starts with a dot'],
  [(segment) => segment.startsWith('-'), 'has a name that starts with a dash'],
  [(segment) => segment.endsWith('.'), 'has a name that ends in a dot'],
  [(segment) => DEVICE_NAME.test(segment), 'has a name that Windows reserves for a device'],
];

/** Never repairs a path: what is not exactly right throws PAGE_PATH_INVALID with the first problem found. */
export function parsePagePath(raw: string): PagePath {
  const problem = pagePathProblem(raw);
  if (problem) throw new Fault(PAGE_PATH_INVALID, { sentence: `The page path ${problem}.` });
  return raw as PagePath;
}

export function isPagePath(raw: string): raw is PagePath {
  return pagePathProblem(raw) === undefined;
}

/** The first thing that is wrong with a path, as the rest of a sentence that begins with it. */
export function pagePathProblem(path: string): string | undefined {
  const broken = PATH_RULES.find(([isBroken]) => isBroken(path));
  if (broken) return broken[1];
  const segments = path.split('/');
  // A folder of that name would take the place of the page of that name.
  if (segments.slice(0, -1).some((folder) => folder.endsWith('.md'))) return 'has a folder whose name ends in .md';
  return SEGMENT_RULES.find(([isBroken]) => segments.some(isBroken))?.[1];
}
