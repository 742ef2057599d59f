import type { AgentProfile } from './agent-profile.js';
import { pi } from './pi.js';

/** 18.3.4. A fork of Pi with the same extension API and more events. */
export const omp: AgentProfile = {
  name: 'omp',
  label: 'Oh My Pi',
  aliases: ['oh-my-pi', 'ohmypi'],
  events: { 'session-start': ['session_switch', 'session_branch'], stop: ['session_stop'] },
  noise: [...(pi.noise ?? []), 'auto_compaction_start', 'auto_compaction_end', 'mcp_notification'],
};
