import type { Schema } from 'ai-memory-api-client';

/** What the server answered in place of what was asked for. */
export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string, readonly traceId?: string) {
    super(detail);
  }
}

export function problemFrom(error: Partial<Schema<'Problem'>> | undefined, status: number): ApiProblem {
  return new ApiProblem(status, error?.code ?? 'unknown', error?.detail ?? error?.title ?? String(status), error?.trace_id);
}

/** Whether asking again may help: the server did not answer, or said that it can't just now. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ApiProblem) || [429, 502, 503, 504].includes(error.status);
}

/** What a refusal says of each field of the body, or of the query: `body.email: Invalid email address; body.name: …`. */
export function fieldProblems(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ApiProblem)) return new Map();
  return new Map([...error.message.matchAll(/(?:^|; )(?:body|query)\.([a-z_]+)[\w.]*: ([^;]+)/g)].map(([, name, said]) => [name!, said!]));
}
