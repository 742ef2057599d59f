import { agentWirings } from '../wiring/agent-wirings.js';
import { supportMatrix } from '../wiring/support-matrix.js';
import { renderAgentPage } from './agent-page.js';
import { renderAgentsIndex } from './agents-index.js';

/** The documentation of the agents: Markdown, by its path below `docs/`. */
export function agentPages(): ReadonlyMap<string, string> {
  const rows = supportMatrix();
  return new Map([['agents.md', renderAgentsIndex()], ...agentWirings.map((wiring, index): [string, string] => [`agents/${wiring.agent}.md`, renderAgentPage(wiring, rows[index]!)])]);
}
