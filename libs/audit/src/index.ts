export { AUDIT_ACTIONS, type AuditAction, type AuditFacts } from './audit-actions.js';
export type { AuditedChange, AuditEntry } from './audit-entry.js';
export { type BrokenLink, CHAIN_START, type ChainPlace, followLinks, type Link, linkHash } from './chain.js';
export { recordAudit } from './record-audit.js';
