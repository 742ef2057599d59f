/** Calls at a time: of all organisations, and of one. */
const AT_ONCE_MAX = 64;
const OF_ONE_MAX = 8;
/** So many failures in a row, without an answer between them, and a webhook is left alone for a while; then one failure does it again. */
const FAILURES_MAX = 5;
const SHUT_MS = 30_000;
/** Webhooks remembered; the ones that failed longest ago are forgotten. */
const WEBHOOKS_MAX = 1_000;

/** Whom this process may call just now: a slow webhook holds up its own organisation's writes, and of those no more than a few. */
export class CallGate {
  private readonly running = new Map<string, number>();
  private readonly failures = new Map<string, { count: number; shutUntilMs: number }>();
  private total = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** Undefined where the call may be made; it must then be left. */
  enter(organisationId: string, webhookId: string): 'busy' | 'circuit open' | undefined {
    if ((this.failures.get(webhookId)?.shutUntilMs ?? 0) > this.now()) return 'circuit open';
    const own = this.running.get(organisationId) ?? 0;
    if (this.total >= AT_ONCE_MAX || own >= OF_ONE_MAX) return 'busy';
    this.running.set(organisationId, own + 1);
    this.total += 1;
    return undefined;
  }

  leave(organisationId: string, webhookId: string, isAnswered: boolean): void {
    const own = this.running.get(organisationId)! - 1;
    if (own > 0) this.running.set(organisationId, own);
    else this.running.delete(organisationId);
    this.total -= 1;
    const count = (this.failures.get(webhookId)?.count ?? 0) + 1;
    this.failures.delete(webhookId);
    if (isAnswered) return;
    this.failures.set(webhookId, { count, shutUntilMs: count >= FAILURES_MAX ? this.now() + SHUT_MS : 0 });
    if (this.failures.size > WEBHOOKS_MAX) this.failures.delete(this.failures.keys().next().value!);
  }
}
