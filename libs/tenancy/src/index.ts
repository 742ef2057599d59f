export { Actor, decodeScope, encodeScope, isOwnProject, scopeOfCredential, scopeOfService, type TenantScope, UserActor, userOf } from './tenant-scope.js';
