export { Origin } from './origin.js';
export { Access, AccessLevel, accessOfRole, hasLevel, LEVEL_OF_ROLE, Limits, Role, TOKEN_SCOPES, type TokenScope } from './access.js';
export { type Decision, decide, isAdmin, Permission } from './permission.js';
export { levelIn, mayMakeProjects, type ReadableProjects, readableProjects } from './project-access.js';
export {
  Actor, decodeScope, encodeScope, isOwnProject, mayChange, scopeFrom, scopeOfCredential, scopeOfService, type TenantScope, UserActor, userOf, withMadeProject,
} from './tenant-scope.js';
