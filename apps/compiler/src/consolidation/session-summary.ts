import { claimLine, type PageText, type Provenance } from './consolidated-page.js';
import type { SupportedClaim } from './supported-claims.js';

const HEADING = '## In short';

/** The session's page as the rules wrote it, with a summary before its first section; one from before is replaced. */
export function withSummary(page: PageText, claims: readonly SupportedClaim[], { model, jobId }: Provenance): PageText {
  const body = withoutSection(page.body);
  const at = body.search(/^## /m);
  const head = at < 0 ? `${body.trimEnd()}\n\n` : body.slice(0, at);
  const section = `${HEADING}\n\n${claims.map(claimLine).join('\n')}\n\n`;
  return { frontmatter: { ...page.frontmatter, consolidated_by: model, consolidation_job: jobId }, body: `${head}${section}${at < 0 ? '' : body.slice(at)}`.trimEnd() + '\n' };
}

function withoutSection(body: string): string {
  const start = body.search(/^## In short$/m);
  if (start < 0) return body;
  const next = body.slice(start + HEADING.length).search(/^## /m);
  return body.slice(0, start) + (next < 0 ? '' : body.slice(start + HEADING.length + next));
}
