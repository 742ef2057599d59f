import type { AgentProfile } from './agent-profile.js';

/** 1.0.41. It runs Claude Code's and Cursor's hooks too; no other agent names the event twice in a body. */
export const grok: AgentProfile = {
  name: 'grok',
  label: 'Grok Build CLI',
  aliases: ['grok-cli', 'grok-build'],
  events: { stop: ['StopCancelled'] },
  tools: { shell: ['run_terminal_command'] },
  isFailureExplicit: () => true,
  isSender: (body) => typeof body['hookEventName'] === 'string' && typeof body['hook_event_name'] === 'string',
};
