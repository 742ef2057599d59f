import type { AgentProfile } from './agent-profile.js';

/** 2026.9.6. Its `agentId` is the agent itself, not one that it started. */
export const openclaw: AgentProfile = {
  name: 'openclaw',
  label: 'OpenClaw',
  aliases: ['open-claw', 'clawdbot'],
  events: {
    'user-prompt': ['before_prompt_build'],
    'pre-tool-use': ['before_tool_call'],
    'post-tool-use': ['after_tool_call'],
    'pre-compact': ['before_compaction'],
    'post-compaction': ['after_compaction'],
    stop: ['agent_end'],
  },
  noise: ['llm_input', 'llm_output', 'message_received', 'message_sending', 'message_sent', 'gateway_start', 'gateway_stop'],
  tools: { shell: ['process'], agent: ['sessions_spawn', 'sessions_send'] },
  isFailureExplicit: () => true,
};
