import { z } from 'zod';
import { LintCode, type LintFinding, LintProject } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const lintWiki = defineTool({
  name: 'memory_lint',
  permission: 'memory:read',
  title: 'Lint the wiki',
  description: 'What is wrong with the pages: broken links, contradictions, duplicates, pages whose files changed since. Changes nothing; mend with memory_write_page.',
  input: z.object({ codes: z.array(LintCode).min(1).optional(), limit: z.int().min(1).max(300).default(50), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), pages: z.int(), counts: row<Partial<Record<LintCode, number>>>(), findings: z.array(row<LintFinding>()) }),
  annotations: READS,
  isRecall: true,
  run: async (context, input) => {
    const { project, scope } = await context.resolve(input, 'read');
    return { scope, ...(await context.ask(LintProject, { projectId: project.projectId, codes: input.codes, limit: input.limit })) };
  },
  render: ({ pages, counts, findings }) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (all === 0) return `Nothing is wrong with ${pages} pages.`;
    const lines = findings.map(({ code, severity, pages: [path], what, todo }) => `- ${severity} ${code} · ${path} ${what}. ${todo}`);
    return [`${all} findings on ${pages} pages${all > findings.length ? `, the first ${findings.length}` : ''}:`, fenced(lines.join('\n'))].join('\n');
  },
});
