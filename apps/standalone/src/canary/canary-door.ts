const ANSWER_TIMEOUT_MS = 10_000;

export interface CanaryAnswer {
  status: number;
  text: string;
}

/** The public door, as a client of one token sees it. */
export class CanaryDoor {
  constructor(private readonly url: string, private readonly token: string) {}

  async ask(method: string, path: string, body?: unknown): Promise<CanaryAnswer> {
    const response = await fetch(this.url + path, {
      method, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    return { status: response.status, text: await response.text() };
  }
}
