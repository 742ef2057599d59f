import type { AgentProfile } from './agent-profile.js';

/**
 * Observed with 0.169.0. Its hooks hear of no call that failed, but to it a shell command that ran has not failed; they
 * get the output without the exit code, so that success is known only where the text says so.
 */
export const codex: AgentProfile = {
  name: 'codex',
  label: 'Codex',
  aliases: ['codex-cli', 'openai-codex'],
  events: { stop: ['Interrupt'] },
  noise: ['PreModelRequest', 'PostModelRequest'],
  tools: {
    shell: ['local_shell', 'shell_command', 'unified_exec', 'write_stdin'],
    agent: ['send_input', 'wait_agent', 'close_agent', 'resume_agent'],
  },
  isFailureExplicit: (family) => family !== 'shell',
};
