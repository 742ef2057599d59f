export type { AgentProfile } from './agent-profile.js';
export { normaliseRemote, projectNameFromIdentity } from './projects/git-remote.js';
export { isReservedName, isValidName, NAME_CHARACTERS_MAX, toName } from './projects/names.js';
export { projectNameFromPath } from './projects/project-path.js';
export { toObservationKind } from './reading/event-names.js';
export { isNoise } from './reading/noise.js';
export { readHookEvent, type HookInput, type HookReading, type RawEvent } from './reading/read-hook-event.js';
export { toolFamily } from './reading/tool-families.js';
export { agentName, knownAgents } from './registry.js';
