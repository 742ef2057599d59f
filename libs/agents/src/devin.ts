import type { AgentProfile } from './agent-profile.js';
import { likeClaude } from './wiring/context-forms.js';

/** Claude Code's bodies, which may lack the session and the folder: its forwarder must send them beside the body. */
export const devin: AgentProfile = {
  name: 'devin',
  label: 'Devin CLI',
  aliases: ['devin-cli'],
  answers: likeClaude('SessionStart'),
};
