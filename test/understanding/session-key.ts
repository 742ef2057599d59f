import type { CompiledSession } from '../../apps/compiler/src/rules/compile-session.js';

/** What a person who read the session expects of its page: words that must appear where they belong. */
export interface SessionKey {
  goal: string[];
  files: string[];
  failures: string[];
  decisions: string[];
  next: string[];
  /** True as well, so that a statement about it is not wrong, though nobody would miss it. */
  also: string[];
}

export const SUBJECTS = ['goal', 'files', 'failures', 'decisions', 'next'] as const;
export type Subject = (typeof SUBJECTS)[number];

export interface SubjectCoverage {
  expected: number;
  missing: string[];
  stated: number;
  wrong: string[];
}

export type Coverage = Record<Subject, SubjectCoverage>;

const SECTIONS: Record<Subject, readonly string[]> = {
  goal: ['Goal'], files: ['Files'], failures: ['What was done', 'Commands', 'Open questions'], decisions: ['Decisions'], next: ['Next steps', 'Open questions'],
};
/** The section whose statements must all be true; of commands those that tell a failure. */
const STATED: Record<Subject, string> = { goal: 'Goal', files: 'Files', failures: 'Commands', decisions: 'Decisions', next: 'Next steps' };
/** Lines of these say how much, or what is not known, and are counted by the machine. */
const COUNTED = /^---|^- (?:Only read|Read:|… |\d+ edits?\b|Looking around|Without a failure)/;

/** How much of the key the page says, and which of its statements nobody who read the session would make. */
export function coverageOf({ page, handoff }: CompiledSession, key: SessionKey): Coverage {
  const entries = SUBJECTS.map((subject): [Subject, SubjectCoverage] => {
    const text = normalised(SECTIONS[subject].map((heading) => sectionOf(page.body, heading)).join('\n') + (subject === 'next' ? handoff.nextSteps.join('\n') : ''));
    const stated = statementsOf(page.body, subject);
    const known = [...key[subject], ...key.also].map(normalised);
    return [subject, {
      expected: key[subject].length,
      missing: key[subject].filter((fact) => !text.includes(normalised(fact))),
      stated: stated.length,
      wrong: stated.filter((statement) => !known.some((fact) => normalised(statement).includes(fact))),
    }];
  });
  return Object.fromEntries(entries) as Coverage;
}

function statementsOf(body: string, subject: Subject): string[] {
  const lines = sectionOf(body, STATED[subject]).split('\n').filter((line) => /^[->] ?\S/.test(line) && !COUNTED.test(line));
  if (subject === 'goal') return lines.slice(0, 1);
  return subject === 'failures' ? lines.filter((line) => line.includes('failed')) : lines;
}

function sectionOf(body: string, heading: string): string {
  const [, rest = ''] = `\n${body}`.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

function normalised(text: string): string {
  return text.replace(/\\(?=[^\w\s])/g, '').replaceAll('&lt;', '<').replace(/\s+/g, ' ').toLowerCase();
}

/** Of many sessions together. */
export function share(coverages: readonly Coverage[], subject: Subject): { found: number; expected: number; wrong: number; stated: number } {
  const all = coverages.map((coverage) => coverage[subject]);
  const sum = (count: (each: SubjectCoverage) => number): number => all.reduce((total, each) => total + count(each), 0);
  return { found: sum((each) => each.expected - each.missing.length), expected: sum((each) => each.expected), wrong: sum((each) => each.wrong.length), stated: sum((each) => each.stated) };
}

/** Of all subjects together. */
export function totalOf(coverages: readonly Coverage[]): { found: number; expected: number; wrong: number; stated: number } {
  const total = { found: 0, expected: 0, wrong: 0, stated: 0 };
  for (const each of SUBJECTS.map((subject) => share(coverages, subject))) {
    total.found += each.found;
    total.expected += each.expected;
    total.wrong += each.wrong;
    total.stated += each.stated;
  }
  return total;
}
