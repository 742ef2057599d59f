import type { AgentProfile } from './agent-profile.js';
import { asObject, type JsonObject } from './reading/fields.js';

/** Observed with 2.1.330. */
export const claudeCode: AgentProfile = {
  name: 'claude-code',
  label: 'Claude Code',
  aliases: ['claude', 'claudecode'],
  noise: ['MessageDisplay', 'PostToolBatch'],
  tools: {
    edit: ['NotebookEdit'],
    read: ['NotebookRead'],
    agent: ['TaskOutput', 'TaskStop', 'SendMessage'],
    plan: ['TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet', 'EnterPlanMode', 'ExitPlanMode'],
  },
  isFailureExplicit: () => true,
  unwrap: withPatchAsResult,
};

/** The result of an edit holds the whole file as it was; what changed is in its patch. */
function withPatchAsResult(body: JsonObject): JsonObject {
  const response = asObject(body['tool_response']);
  if (response === undefined || !Array.isArray(response['structuredPatch'])) return body;
  const lines = response['structuredPatch'].flatMap((hunk) => {
    const hunkLines = asObject(hunk)?.['lines'];
    return Array.isArray(hunkLines) ? hunkLines : [];
  });
  const { originalFile: _whole, structuredPatch: _hunks, ...rest } = response;
  return { ...body, tool_response: lines.length > 0 ? lines : rest };
}
