import type { AgentProfile } from './agent-profile.js';

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
};
