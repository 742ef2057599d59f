import type { AgentProfile } from './agent-profile.js';

/** 1.0.102. Bodies are camelCase or Claude Code's, depending on how the hook's event was spelt. */
export const copilotCli: AgentProfile = {
  name: 'copilot-cli',
  label: 'GitHub Copilot CLI',
  aliases: ['copilot', 'github-copilot', 'github-copilot-cli'],
  events: { 'user-prompt': ['userPromptSubmitted'], notification: ['errorOccurred'], stop: ['agentStop'] },
  noise: ['userPromptTransformed'],
  tools: {
    shell: ['read_bash', 'write_bash', 'stop_bash', 'read_powershell', 'write_powershell', 'stop_powershell'],
    edit: ['str_replace_editor'],
    search: ['rg'],
    agent: ['read_agent', 'list_agents'],
    plan: ['update_todo', 'report_intent'],
  },
  isFailureExplicit: () => true,
};
