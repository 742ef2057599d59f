import { ReadPage } from '#libs/contracts';
import { defineFault, Fault } from '#libs/faults';
import { nullIfNotFound } from './named-session.js';
import type { ToolContext } from './tool-context.js';

const PRECONDITION_FAILED = defineFault('precondition_failed', 'conflict', 'The page is not as you expected. Read it, merge, write again.');
/** As wiki-git declares it in its contract. */
const WIKI_PRECONDITION_FAILED = 'wiki.page.precondition-failed';

/** Runs a write; where its precondition fails, the fault tells which version is there, so that the agent can merge. */
export async function guarded<T>(context: ToolContext, projectId: string, path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== WIKI_PRECONDITION_FAILED) throw error;
    const current = await nullIfNotFound(context.ask(ReadPage, { projectId, path }));
    const now = current ? `It is at page_id ${current.page.pageId} now.` : 'There is no such page now.';
    throw new Fault(PRECONDITION_FAILED, { sentence: `${PRECONDITION_FAILED.sentence} ${now}` });
  }
}
