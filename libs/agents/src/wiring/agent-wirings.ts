import { PROFILES } from '../registry.js';
import type { AgentWiring } from './wiring.js';

/** Every agent that can be wired, in the order in which people are asked. */
export const agentWirings: readonly AgentWiring[] = PROFILES.flatMap(({ name, label, wiring }) => (wiring ? { ...wiring, agent: name, label } : []));
