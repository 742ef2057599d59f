import type { AgentProfile } from './agent-profile.js';

/** 1.5.2. `input` announces the text that `before_agent_start` brings. */
export const pi: AgentProfile = {
  name: 'pi',
  label: 'Pi',
  aliases: ['pi-coding-agent', 'pi-agent'],
  events: {
    'user-prompt': ['before_agent_start'],
    'pre-tool-use': ['tool_call'],
    'post-tool-use': ['tool_result'],
    'pre-compact': ['session_before_compact'],
    'post-compaction': ['session_compact'],
    stop: ['agent_end'],
    'session-end': ['session_shutdown'],
  },
  noise: [
    'input', 'context', 'agent_start', 'agent_settled', 'turn_start', 'turn_end', 'message_start', 'message_update', 'message_end',
    'tool_execution_start', 'tool_execution_update', 'tool_execution_end', 'before_provider_request', 'after_provider_response',
  ],
};
