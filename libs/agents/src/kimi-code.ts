import type { AgentProfile } from './agent-profile.js';

/** 2.1.0. A queued prompt is submitted later and then said again. */
export const kimiCode: AgentProfile = {
  name: 'kimi-code',
  label: 'Kimi Code',
  aliases: ['kimi', 'kimi-cli'],
  noise: ['SessionHeartbeat', 'TurnStarted', 'UserPromptQueued'],
  tools: {
    read: ['ReadMediaFile'],
    edit: ['StrReplaceFile'],
    plan: ['SetTodoList', 'TodoList'],
  },
  isFailureExplicit: () => true,
};
