import type { AgentProfile } from './agent-profile.js';
import { CursorReader, folderClueOf, isTranscript } from './history/cursor-history.js';
import { memberNamed } from './wiring/context-forms.js';
import { flatHooksFile } from './wiring/hooks-file.js';
import { inHome } from './wiring/machine.js';
import { mcpFile, mcpUrl } from './wiring/mcp-file.js';

const EVENTS = ['sessionStart', 'beforeSubmitPrompt', 'postToolUse', 'postToolUseFailure', 'preCompact', 'subagentStop', 'stop', 'sessionEnd'];

/** It runs Claude Code's hooks too; only its own bodies say `cursor_version`. */
export const cursor: AgentProfile = {
  name: 'cursor',
  label: 'Cursor',
  aliases: ['cursor-agent', 'cursor-cli', 'cursor-ide'],
  events: { 'user-prompt': ['beforeSubmitPrompt'] },
  // The calls behind the events for one kind of tool are all reported by preToolUse and postToolUse as well.
  noise: [
    'beforeShellExecution', 'afterShellExecution', 'beforeMCPExecution', 'afterMCPExecution', 'beforeReadFile', 'afterFileEdit',
    'beforeTabFileRead', 'afterTabFileEdit', 'afterAgentThought',
  ],
  tools: {
    shell: ['run_terminal_cmd', 'run_terminal_command', 'await'],
    edit: ['edit_notebook'],
    search: ['glob_file_search', 'semantic_search', 'read_lints'],
  },
  isFailureExplicit: () => true,
  isSender: (body) => typeof body['cursor_version'] === 'string' && body['cursor_version'] !== '',
  wiring: {
    traces: (machine) => ({ binaries: ['cursor', 'cursor-agent'], paths: [inHome(machine, '.cursor')] }),
    files: (machine) => [
      mcpFile({ path: inHome(machine, '.cursor', 'mcp.json'), entry: (settings) => ({ url: mcpUrl(settings) }), variable: (name) => `\${env:${name}}` }),
      flatHooksFile(
        {
          path: inHome(machine, '.cursor', 'hooks.json'), agent: 'cursor', machine, events: EVENTS.map((name) => ({ name, timeout: 5 })),
          companion: { name: 'version', value: 1, isRequired: true },
        },
        ({ timeout = 0 }, command) => ({ command, timeout }),
      ),
    ],
    events: EVENTS,
    mayReadVariable: true,
    seenBy: '`cursor-agent mcp list` says whether `ai-memory` is connected; so does the editor, in its settings, under MCP.',
    limits: [
      'Its editor drops what is said at the start of a session (seen up to 3.12.17): there the handoff comes with the first result of a tool.',
      'Started from a desktop, it may not see the variables of a shell: give it the token itself.',
      'It runs Claude Code\'s hooks as well, unless Third-Party Imports are off; what comes by those counts once.',
      'Cloud agents run no hooks of a person.',
      'It gives hooks no summary of a compaction.',
    ],
  },
  answers: {
    handoffEvent: 'sessionStart',
    context: { sessionStart: memberNamed('additional_context'), postToolUse: memberNamed('additional_context') },
    neutral: { beforeSubmitPrompt: '{"continue":true}', preToolUse: '{"permission":"allow"}', '*': '{}' },
  },
  history: {
    stores: (machine) => [{ folder: inHome(machine, '.cursor', 'projects'), isSession: isTranscript, folderClueOf, isUntimed: true }],
    reader: () => new CursorReader(),
  },
};
