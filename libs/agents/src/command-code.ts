import type { AgentProfile } from './agent-profile.js';

/** 1.64.0. Claude Code's bodies, but only for the start, tools and stop; prompts are in its transcript. */
export const commandCode: AgentProfile = {
  name: 'command-code',
  label: 'Command Code',
  aliases: ['commandcode'],
};
