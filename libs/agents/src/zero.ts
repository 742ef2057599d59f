import type { AgentProfile } from './agent-profile.js';

/** It speaks the wire's own event names. */
export const zero: AgentProfile = {
  name: 'zero',
  label: 'Zero',
  aliases: ['zero-cli'],
};
