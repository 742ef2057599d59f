import type { AgentProfile } from './agent-profile.js';

/** 0.24.4. Claude Code's events and bodies with Gemini CLI's tools. */
export const qwenCode: AgentProfile = {
  name: 'qwen-code',
  label: 'Qwen Code',
  aliases: ['qwen', 'qwen-cli'],
  noise: ['MessageDisplay', 'PostToolBatch'],
  isFailureExplicit: () => true,
};
