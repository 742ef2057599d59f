import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import { defineFault, Fault } from '#libs/faults';

/** A page's metadata: what JSON can hold. */
export type Frontmatter = Readonly<Record<string, unknown>>;

export interface ParsedPage {
  readonly frontmatter: Frontmatter;
  /** Every character after the frontmatter. */
  readonly body: string;
  /** Why a page that begins like one with frontmatter has none that can be read; its whole text is the body then. */
  readonly problem: string | null;
}

export const FRONTMATTER_INVALID = defineFault('wiki.page.frontmatter-invalid', 'invalid', 'The frontmatter must be a small object of texts, numbers, lists and objects.');

const BLOCK = /^\uFEFF?---[ \t]*\r?\n((?:[^\n]*\n)*?)---[ \t]*(?:\r?\n|$)/;
const DEPTH_MAX = 16;

/** The keys people look for first come first; the rest follows by name, so that the same metadata is always the same text. */
const LEADING_KEYS = ['title', 'kind', 'tier', 'tags', 'pinned', 'summary', 'abstract'];

/** Takes any text for a page, and never throws. */
export function parsePage(text: string): ParsedPage {
  const block = BLOCK.exec(text);
  if (!block) return { frontmatter: {}, body: text, problem: null };
  const parsed = parseYaml(block[1]!);
  if (typeof parsed === 'string') return { frontmatter: {}, body: text, problem: parsed };
  return { frontmatter: parsed, body: text.slice(block[0].length), problem: null };
}

/**
 * The text of a page's file. `parsePage` gives the same metadata and the same body back. Throws FRONTMATTER_INVALID for
 * metadata that is nested too deeply.
 */
export function serialisePage(frontmatter: Frontmatter, body: string): string {
  const plain = ordered(frontmatter, 0) as Record<string, unknown>;
  const isBare = Object.keys(plain).length === 0;
  if (isBare && !BLOCK.test(body)) return body;
  const yaml = isBare ? '' : stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false });
  return `---\n${yaml}---\n${body}`;
}

/** The metadata, or what is wrong with it. Aliases are refused: a few lines of them can unfold into gigabytes. */
function parseYaml(yaml: string): Frontmatter | string {
  const document = parseDocument(yaml, { stringKeys: true, uniqueKeys: true, logLevel: 'silent' });
  if (document.errors.length > 0) return document.errors[0]!.message;
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return {};
  if (!isMap(document.contents)) return 'not a list of keys and values';
  try {
    return ordered(document.toJS({ maxAliasCount: 0 }), 0) as Frontmatter;
  } catch (error) {
    return error instanceof Error ? error.message : 'not readable';
  }
}

/** A copy that holds nothing but JSON, in a stable order of keys; texts lose what neither UTF-8 nor Postgres can hold. */
function ordered(value: unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new Fault(FRONTMATTER_INVALID, { sentence: `The frontmatter is nested more than ${DEPTH_MAX} levels deep.` });
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => ordered(item, depth + 1));
  if (typeof value === 'object' && value !== null) return orderedObject(value, depth);
  return typeof value === 'boolean' ? value : null;
}

function orderedObject(value: object, depth: number): Record<string, unknown> {
  const leading = depth === 0 ? LEADING_KEYS : [];
  const rank = (key: string): number => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [wellFormed(key), ordered(item, depth + 1)]));
}

function wellFormed(text: string): string {
  return text.replace(/[\p{Cs}\0]/gu, '\uFFFD');
}
