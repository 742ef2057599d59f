import type { AgentProfile } from './agent-profile.js';
import { plainText } from './wiring/context-forms.js';

/** Versions 2 (camelCase, `agentSpawn`) and 3 (Claude Code's names). It has no end of session. */
export const kiroCli: AgentProfile = {
  name: 'kiro-cli',
  label: 'Kiro CLI',
  aliases: ['kiro', 'amazon-q', 'q-cli'],
  events: { 'session-start': ['agentSpawn'] },
  tools: {
    shell: ['execute_bash', 'execute_cmd'],
    read: ['fs_read'],
    write: ['fs_write'],
    agent: ['use_subagent', 'delegate'],
    plan: ['todo_list'],
  },
  isFailureExplicit: () => true,
  answers: { handoffEvent: 'agentSpawn', context: { agentSpawn: plainText, SessionStart: plainText } },
};
