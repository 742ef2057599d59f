import type { CallFailure } from '../models/call-failure.js';

/** No model gave a step its answer. */
export class StepFailure extends Error {
  /** `later`: the job is worth another attempt. `too-long`: it is, with less text. `never`: it ends. */
  readonly kind: 'later' | 'too-long' | 'never';
  readonly reason: string;
  readonly retryAfterMs: number;

  /** Of all models that were tried, in order. */
  constructor(failures: readonly CallFailure[]) {
    const kinds = failures.map((each) => each.kind);
    const kind = kinds.includes('too-long') ? 'too-long' : kinds.includes('later') ? 'later' : 'never';
    const reasons = failures.map((each) => each.reason);
    super(`No model answered: ${reasons.join('; ')}`);
    this.name = 'StepFailure';
    this.kind = kind;
    this.reason = [...new Set(reasons)].join('; ');
    // Any model that is back is enough.
    this.retryAfterMs = Math.min(...failures.filter((each) => each.kind === 'later').map((each) => each.retryAfterMs ?? 0), Infinity);
  }
}
