import type { LintCode, LintFinding, LintSeverity } from '#libs/contracts';

/** A finding with what tells it from others of its code about the same pages: the target of a link, the files that changed. */
export interface Found extends LintFinding {
  readonly about: string;
}

const CODES: Readonly<Record<LintCode, { severity: LintSeverity; todo: string }>> = {
  'broken-link': { severity: 'error', todo: 'Mend the link, or write the page that it leads to.' },
  contradiction: { severity: 'error', todo: 'Decide which one holds; mark the other as superseded, or delete it.' },
  'unreadable-frontmatter': { severity: 'error', todo: 'Mend the YAML between the two lines of dashes; until then the page has no metadata.' },
  'unresolved-conflict': { severity: 'error', todo: 'Read it beside the page that it lost to, write what is right, and delete it.' },
  'superseded-link': { severity: 'warning', todo: 'Link to the page that took its place, or say that this is history.' },
  stale: { severity: 'warning', todo: 'Check it against the code as it is now; mend it, or say that it still holds by calling it helpful.' },
  duplicate: { severity: 'warning', todo: 'Keep one, with what the others have to say, and delete the others.' },
  disputed: { severity: 'warning', todo: 'Read the remarks of those who say so, and mend the page.' },
  'large-frontmatter': { severity: 'advice', todo: 'Move what is meant to be read into the text.' },
  orphan: { severity: 'advice', todo: 'Link to it from where it helps, or delete it.' },
};

/** Of one code, more are not looked for. */
export const OF_A_CODE_MAX = 500;
const PAGES_TOLD_MAX = 5;

/** In the order in which they are told: the worst first. */
export const LINT_CODES = Object.keys(CODES) as LintCode[];

export function found(code: LintCode, pages: readonly string[], what: string, about = '', todo = CODES[code].todo): Found {
  return { code, severity: CODES[code].severity, pages: pages.slice(0, PAGES_TOLD_MAX), what, todo, about };
}
