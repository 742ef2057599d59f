import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Tool } from './tool.js';
import { acceptHandoff } from './tools/accept-handoff.tool.js';
import { beginHandoff } from './tools/begin-handoff.tool.js';
import { briefProject } from './tools/brief-project.tool.js';
import { cancelHandoff } from './tools/cancel-handoff.tool.js';
import { cancelMessage } from './tools/cancel-message.tool.js';
import { claimMessage } from './tools/claim-message.tool.js';
import { consolidateSession } from './tools/consolidate-session.tool.js';
import { deletePage } from './tools/delete-page.tool.js';
import { deleteSlot } from './tools/delete-slot.tool.js';
import { giveFeedback } from './tools/give-feedback.tool.js';
import { lintWiki } from './tools/lint-wiki.tool.js';
import { listHandoffs } from './tools/list-handoffs.tool.js';
import { listMessages } from './tools/list-messages.tool.js';
import { listProposals } from './tools/list-proposals.tool.js';
import { listRecentPages } from './tools/list-recent-pages.tool.js';
import { listSlots } from './tools/list-slots.tool.js';
import { queryMemory } from './tools/query-memory.tool.js';
import { readPage } from './tools/read-page.tool.js';
import { readPageHistory } from './tools/read-page-history.tool.js';
import { readSessionObservations } from './tools/read-session-observations.tool.js';
import { readStatus } from './tools/read-status.tool.js';
import { restorePage } from './tools/restore-page.tool.js';
import { sendMessage } from './tools/send-message.tool.js';
import { showProposal } from './tools/show-proposal.tool.js';
import { writePage } from './tools/write-page.tool.js';
import { writeSlot } from './tools/write-slot.tool.js';

/** The default tools, in the order in which they are listed. */
export const TOOLS: readonly Tool[] = [
  queryMemory, listRecentPages, readPage, writePage, deletePage, readSessionObservations, readStatus, briefProject,
  beginHandoff, listHandoffs, acceptHandoff, cancelHandoff,
];

/** What `/mcp?toolset=full` lists besides. */
const FURTHER_TOOLS: readonly Tool[] = [
  readPageHistory, restorePage, consolidateSession, giveFeedback, lintWiki, listSlots, writeSlot, deleteSlot, sendMessage, listMessages, claimMessage, cancelMessage, listProposals, showProposal,
];

export type Toolset = 'default' | 'full';

export const TOOLSETS: Readonly<Record<Toolset, readonly Tool[]>> = { default: TOOLS, full: [...TOOLS, ...FURTHER_TOOLS] };

/** By the address the client was configured with. */
export function toolsetOf(url: string | undefined): Toolset {
  return new URL(url ?? 'http://localhost').searchParams.get('toolset') === 'full' ? 'full' : 'default';
}

/** Each tool can be called at either address: what is listed is a matter of an agent's budget, not of rights. */
const BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLSETS.full.map((tool) => [tool.name, tool]));

export function findTool(name: string): Tool | undefined {
  return BY_NAME.get(name);
}

export function toolNamed(name: string): Tool {
  const tool = findTool(name);
  if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no tool of this name. See tools/list.');
  return tool;
}
