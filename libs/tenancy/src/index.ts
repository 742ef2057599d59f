export { Actor, decodeScope, encodeScope, mayChange, scopeOfCredential, scopeOfService, type TenantScope, UserActor, userOf } from './tenant-scope.js';
