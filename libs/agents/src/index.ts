export type { AgentProfile } from './agent-profile.js';
export type { DatabaseStore, FileRecord, FileStore, FolderClue, History, PastEvent, PastSession } from './history/history.js';
export { agentHistories } from './history/agent-histories.js';
export { agentPages } from './pages/agent-pages.js';
export { normaliseRemote, projectNameFromIdentity } from './projects/git-remote.js';
export { isReservedName, isValidName, NAME_CHARACTERS_MAX, toName } from './projects/names.js';
export { projectNameFromPath } from './projects/project-path.js';
export { toObservationKind } from './reading/event-names.js';
export { isNoise } from './reading/noise.js';
export { readHookEvent, type HookInput, type HookReading, type RawEvent } from './reading/read-hook-event.js';
export { toolFamily } from './reading/tool-families.js';
export { agentName, knownAgents } from './registry.js';
export { agentWirings } from './wiring/agent-wirings.js';
export { hookCommand, isHookCommand } from './wiring/hook-command.js';
export { handoffEvent, hookOutput } from './wiring/hook-output.js';
export { FOLDER_VARIABLES } from './wiring/machine.js';
export { SERVER_NAME } from './wiring/mcp-file.js';
export {
  type AgentWiring, type Machine, type Token, type Traces, type WiredFile, WiringRefused, type WiringPurpose, type WiringSettings, type WiringState,
} from './wiring/wiring.js';
