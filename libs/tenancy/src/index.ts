export { Actor, decodeScope, encodeScope, isOwnProject, mayChange, scopeOfCredential, scopeOfService, type TenantScope, UserActor, userOf } from './tenant-scope.js';
