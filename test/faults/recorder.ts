import type { Attempt } from './history.js';

const REQUEST_TIMEOUT_MS = 5_000;

export interface Answer<T = Record<string, unknown>> {
  status: number;
  text: string;
  /** The body as JSON; undefined where it is not. */
  json: T;
}

/** What came of asking for one thing. */
export interface Outcome {
  item: string;
  isAcknowledged: boolean;
}

/** A client of the public door that writes down what it asked for and what it was told. */
export class Recorder {
  readonly attempts: Attempt[] = [];
  /** Answers that say that the server is at fault, by what they say, which none may be: 500, or 503 and 429 that do not say when to come again. */
  readonly unmannerly = new Map<string, number>();
  private readonly startedAt = performance.now();

  constructor(readonly url: string, private readonly token: string, private readonly timeoutMs = REQUEST_TIMEOUT_MS) {}

  now(): number {
    return performance.now() - this.startedAt;
  }

  async send<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const { status, retryAfter, text } = await this.exchange(`${this.url}${path}`, {
      method, body: body === undefined ? undefined : JSON.stringify(body),
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    });
    this.judge(status, retryAfter, `${method} ${path.replace(/\?.*/, '')}: ${status} ${text.slice(0, 300)}`);
    return { status, text, json: parsed(text) as T };
  }

  /** Sends, and writes down what `outcomes` makes of the answer; where there is none, that nothing was acknowledged. */
  async record<T = Record<string, unknown>>(act: Attempt['act'], log: string, items: readonly string[], call: () => Promise<Answer<T>>, outcomes: (answer: Answer<T>) => Outcome[]): Promise<Answer<T> | undefined> {
    const sentAt = this.now();
    const note = (said: string, each: Outcome): void => void this.attempts.push({ act, log, item: each.item, sentAt, answeredAt: this.now(), said, isAcknowledged: each.isAcknowledged });
    try {
      const answer = await call();
      for (const outcome of outcomes(answer)) note(`${answer.status} ${answer.text.slice(0, 200)}`, outcome);
      return answer;
    } catch (error) {
      for (const item of items) note(`no answer: ${reasonOf(error)}`, { item, isAcknowledged: false });
      return undefined;
    }
  }

  /** Over in time also where `fetch` does not hear that it is aborted, as happens with connections that have gone silent. */
  private async exchange(url: string, request: RequestInit): Promise<{ status: number; retryAfter: string | null; text: string }> {
    const aborting = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      aborting.abort();
      reject(new Error('no answer in time'));
    }, this.timeoutMs);
    const exchanged = fetch(url, { ...request, signal: aborting.signal }).then(async (response) => ({ status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() }));
    exchanged.catch(() => undefined);
    return Promise.race([exchanged, late]).finally(() => clearTimeout(timer));
  }

  private judge(status: number, retryAfter: string | null, words: string): void {
    const isWrong = status === 500 || ((status === 503 || status === 429) && !retryAfter);
    if (isWrong) this.unmannerly.set(words, (this.unmannerly.get(words) ?? 0) + 1);
  }
}

/** Why there was no answer, in a few words. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
