/** The ten kinds of failure, closed, with the HTTP status each becomes at the public door. */
export const FAULT_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  limited: 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const;

export type FaultKind = keyof typeof FAULT_STATUS;

export interface FaultDefinition {
  readonly code: string;
  readonly kind: FaultKind;
  /** One sentence for the caller that says what to do; holds no data of any tenant. */
  readonly sentence: string;
}

/** An error whose `sentence` may be shown to the caller; `detail` and `cause` are for our logs only. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly code: string;
  readonly sentence: string;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(definition: FaultDefinition, more: { sentence?: string; detail?: string; cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(`${definition.code}: ${more.detail ?? more.sentence ?? definition.sentence}`, { cause: more.cause });
    this.name = 'Fault';
    this.kind = definition.kind;
    this.code = definition.code;
    this.sentence = more.sentence ?? definition.sentence;
    this.detail = more.detail;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  get status(): number {
    return FAULT_STATUS[this.kind];
  }
}

/** Declares an error code once. Throw with `new Fault(definition, …)`. */
export function defineFault(code: string, kind: FaultKind, sentence: string): FaultDefinition {
  return { code, kind, sentence };
}
