/** What is looked for in the audit, as its address says it. */
export interface AuditAddress {
  actor?: string;
  action?: string;
  target?: string;
  /** Days, as `2026-11-25`. */
  from?: string;
  to?: string;
}

const NAMES = ['actor', 'action', 'target', 'from', 'to'] as const;

export function auditFrom(search: Record<string, unknown>): AuditAddress {
  return Object.fromEntries(NAMES.flatMap((name) => (typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name].slice(0, 200)]] : [])));
}

/** As the server is asked: the last day is within. */
export function auditQueryOf({ from, to, ...same }: AuditAddress): Record<string, string> {
  return { ...same, ...(from ? { from: `${from}T00:00:00.000Z` } : {}), ...(to ? { to: `${to}T23:59:59.999Z` } : {}) };
}
