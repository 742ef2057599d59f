export { Actor, decodeScope, encodeScope, scopeOfCredential, scopeOfService, type TenantScope, UserActor, userOf } from './tenant-scope.js';
