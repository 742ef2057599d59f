import { z } from 'zod';
import { PAGE_BYTES_MAX, PageTier, WritePages } from '#libs/contracts';
import { defineFault, Fault, INVALID_INPUT } from '#libs/faults';
import { PageMetadata } from '../../http/page-frontmatter.js';
import { row } from '../answer-rows.js';
import { authorOf, knownAgentOf } from '../caller.js';
import { fitToStore } from '#libs/redaction';
import { guarded } from '../guarded-write.js';
import { proposedText } from '../proposed-text.js';
import { defineTool, WRITES } from '../tool.js';
import { nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

const PAGE_TOO_LARGE = defineFault('page.too-large', 'too-large', `A page's body may have ${PAGE_BYTES_MAX} bytes. Split it.`);

const Input = z.object({
  path: z.string().min(1).max(1_024).describe('e.g. decisions/use-outbox.md'),
  body: z.string().min(1),
  ...PageMetadata.shape,
  tier: PageTier.default('semantic'),
  session_id: z.uuid().optional(),
  expected_page_id: z.uuid().optional(),
  base_page_id: z.uuid().optional(),
  create_only: z.boolean().optional(),
  ...PROJECT_PAIR,
});
type Input = z.output<typeof Input>;

export const writePage = defineTool({
  name: 'memory_write_page',
  permission: 'pages:write',
  title: 'Write page',
  description: 'Write a page with its metadata; guard by expected_page_id, merge by base_page_id.',
  input: Input,
  output: z.object({ scope: row<ScopeAnswer>(), path: z.string(), page_id: z.string().nullable(), outcome: z.string(), conflict_path: z.string().optional(), proposal_id: z.string().optional(), redactions: z.number() }),
  annotations: WRITES,
  run: async (context, input) => {
    if (input.create_only && input.expected_page_id) throw new Fault(INVALID_INPUT, { sentence: 'Pass expected_page_id or create_only, not both.' });
    if (Buffer.byteLength(input.body) > PAGE_BYTES_MAX) throw new Fault(PAGE_TOO_LARGE);
    const { project, scope } = await context.resolve(input, input.expected_page_id ? 'write' : 'create');
    const { value, redactions } = fitToStore(contentOf(input));
    const frontmatter = { ...value.frontmatter, session_id: input.session_id, agent: knownAgentOf(context.caller) ?? undefined };
    const written = await guarded(context, project.projectId, input.path, () => context.ask(WritePages, {
      projectId: project.projectId,
      projectName: nameOf(project),
      pages: [{ path: input.path, body: value.body, frontmatter, expectedPageId: input.expected_page_id, basePageId: input.base_page_id, isCreateOnly: input.create_only ?? false }],
      message: `Write ${input.path}`,
      author: authorOf(context.caller, input.session_id),
      by: 'agent',
    }));
    const page = written.pages[0]!;
    return { scope, path: page.path, page_id: page.pageId, outcome: page.outcome, conflict_path: page.conflictPath, proposal_id: page.proposalId, redactions };
  },
  render: ({ path, page_id, outcome, conflict_path: kept, proposal_id: proposal, redactions }) => [
    proposal ? proposedText(path, proposal) : `${path}: ${outcome}, page_id ${page_id}.`,
    ...(kept ? [`The page is as it was; your text is kept as ${kept}.`] : []), ...(redactions > 0 ? [`${redactions} secrets were replaced.`] : []),
  ].join(' '),
});

function contentOf(input: Input) {
  const { path: _path, body, session_id: _session, expected_page_id: _expected, base_page_id: _base, create_only: _isCreateOnly, workspace: _workspace, project: _project, ...frontmatter } = input;
  return { body, frontmatter };
}
