import { randomUUID } from 'node:crypto';
import type { PageHead } from '#libs/contracts';
import { describePage, parsePagePath } from '#libs/wiki-format';
import { countsOf, lintWiki } from './lint-wiki.js';
import { type PageFacts, pageFacts } from './page-facts.js';
import type { ChangedFile } from './staleness.js';

/**
 * `npm run bench:lint -- [PAGES]`: lints made-up wikis of a third, and of all of so many pages, and prints CPU seconds for
 * reading their facts and for the rules. Twice the pages must take about twice as long, also where all share their boilerplate.
 */
const PAGES = Number(process.argv[2] ?? 10_000);
const WORDS_EACH = 500;
const BOILERPLATE = 'This page follows the template of the team: say first what it is about, then why, then what follows from it, and who knows more. '.repeat(3);

/** Every tenth page is a copy of the one before; each links to three others, one of which is not there; each names a file. */
function page(index: number): PageFacts {
  const subject = index % 10 === 9 ? index - 1 : index;
  const words = Array.from({ length: WORDS_EACH }, (_value, place) => `w${(subject * 7_919 + place * 104_729) % 50_021}`).join(' ');
  const links = [1, 2].map((step) => `[[notes/page-${(index + step * 37) % PAGES}]]`).join(' ');
  const text = `# Use w${subject} instead of x${subject} for w${subject % 97}\n\n${BOILERPLATE}\n\nIn \`src/module-${index % 700}/index.ts\`: ${words}\n\n${links} [[notes/pgae-${index}]]\n`;
  const path = parsePagePath(`${index % 4 === 0 ? 'decisions' : 'notes'}/page-${index}.md`);
  const described = describePage(path, text);
  const head = { ...described, path, pageId: randomUUID(), updatedAt: '2026-11-01T10:00:00Z', sessionId: null, bytes: text.length } as unknown as PageHead;
  return pageFacts({ revision: index, head, body: described.body, frontmatter: described.frontmatter })!;
}

const changes: ChangedFile[] = Array.from({ length: 700 }, (_value, index) => ({ path: `src/module-${index}/index.ts`, sessionId: randomUUID(), changedAt: new Date('2026-11-02T10:00:00Z'), commit: null }));

function cpuSeconds<T>(work: () => T): { value: T; seconds: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}

for (const count of [Math.ceil(PAGES / 3), PAGES]) {
  const facts = cpuSeconds(() => Array.from({ length: count }, (_value, index) => page(index)));
  const lint = cpuSeconds(() => lintWiki(facts.value, { changes, citations: new Map(), confirmedAt: new Map(), feedback: new Map() }, new Date('2026-11-25T10:00:00Z')));
  process.stdout.write(`${JSON.stringify({ pages: count, factsCpuSeconds: facts.seconds, rulesCpuSeconds: lint.seconds, counts: countsOf(lint.value) })}\n`);
}
