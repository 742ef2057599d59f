/** So many failures in a row, without a success between them, and an endpoint is left alone for a while. */
const FAILURES_MAX = 3;
const OPEN_MS = 30_000;
/** Endpoints remembered; the ones that failed longest ago are forgotten. */
const ENDPOINTS_MAX = 1_000;

interface Circuit {
  failures: number;
  openUntilMs: number;
}

/** Which endpoints are not worth a call just now, as this process has seen. Open circuits close by themselves, and one failure opens them again. */
export class CircuitBreaker {
  private readonly circuits = new Map<string, Circuit>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Milliseconds until a call is worth trying; 0 for now. */
  waitMs(endpoint: string): number {
    return Math.max(0, (this.circuits.get(endpoint)?.openUntilMs ?? 0) - this.now());
  }

  succeeded(endpoint: string): void {
    this.circuits.delete(endpoint);
  }

  failed(endpoint: string): void {
    const failures = (this.circuits.get(endpoint)?.failures ?? 0) + 1;
    this.circuits.delete(endpoint);
    this.circuits.set(endpoint, { failures, openUntilMs: failures >= FAILURES_MAX ? this.now() + OPEN_MS : 0 });
    if (this.circuits.size > ENDPOINTS_MAX) this.circuits.delete(this.circuits.keys().next().value!);
  }
}
