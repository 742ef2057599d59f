import { z } from 'zod';
import { EXIT, type ExitCode, Failure, usageFailure } from './failure.js';
import { networkFailure } from './network-faults.js';

const TIMEOUT_MS = 10_000;

const EXIT_OF_STATUS: Readonly<Record<number, ExitCode>> = {
  401: EXIT.unauthenticated, 404: EXIT.notFound, 502: EXIT.unreachable, 503: EXIT.unreachable, 504: EXIT.unreachable,
};

const Problem = z.object({ code: z.string(), detail: z.string() });

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Values that are undefined are left out. */
  query?: Readonly<Record<string, string | number | undefined>>;
  /** Bytes are sent as a compressed archive, parameters as a form, everything else as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** Speaks to one server as one caller. Every request ends within `timeoutMs`, and none follows a redirect, so that the token stays with its server. */
export class ServerClient {
  constructor(readonly url: string, private readonly token: string | undefined, private readonly timeoutMs = TIMEOUT_MS) {}

  get hasToken(): boolean {
    return this.token !== undefined;
  }

  /** What the server answered, whatever its status. Throws a Failure (unreachable) where it did not. */
  async send(path: string, request: Request = {}): Promise<Answer> {
    try {
      const response = await this.fetch(path, request);
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      throw networkFailure(this.url, error, this.timeoutMs);
    }
  }

  /** The bytes of an answer that worked, as they come. Throws as `ask` does, and a Failure (unreachable) where they break off. */
  async *download(path: string): AsyncGenerator<Uint8Array> {
    const response = await this.fetch(path, {}).catch((error: unknown) => {
      throw networkFailure(this.url, error, this.timeoutMs);
    });
    if (!response.ok) this.refuse({ status: response.status, headers: response.headers, text: await response.text().catch(() => '') });
    try {
      yield* response.body as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw networkFailure(this.url, error, this.timeoutMs);
    }
  }

  /** The answer of a request that worked, as `schema` reads it. Throws a Failure with the server's own sentence for one that did not. */
  async ask<T extends z.ZodType>(schema: T, path: string, request: Request = {}): Promise<z.output<T>> {
    return this.read(schema, await this.send(path, request));
  }

  read<T extends z.ZodType>(schema: T, answer: Answer): z.output<T> {
    this.refuse(answer);
    const parsed = schema.safeParse(json(answer.text));
    if (!parsed.success) throw new Failure(`${this.url} gave an answer that is not understood: is it an ai-memory server, and no newer than this command?`);
    return parsed.data;
  }

  private fetch(path: string, { method = 'GET', query = {}, body, headers = {} }: Request): Promise<Response> {
    const isForm = body instanceof URLSearchParams;
    const isBytes = body instanceof Uint8Array;
    const type = isForm ? 'application/x-www-form-urlencoded' : isBytes ? 'application/gzip' : 'application/json';
    return fetch(`${this.url}${path}${queryString(query)}`, {
      method,
      headers: { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      body: body === undefined ? undefined : isForm ? body.toString() : isBytes ? Buffer.from(body) : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
  }

  /** Throws for every status but a success. */
  refuse({ status, headers, text }: Answer): void {
    if (status >= 200 && status < 300) return;
    if (status >= 300 && status < 400) throw new Failure(`${this.url} sends us on to ${headers.get('location') ?? 'somewhere else'}; set that as the server's address`);
    const problem = Problem.safeParse(json(text)).data;
    const sentence = problem?.detail ?? `${this.url} answered with status ${status}`;
    throw new Failure(status === 401 ? `${sentence} Run: ai-memory login` : sentence, EXIT_OF_STATUS[status] ?? EXIT.failure, undefined, problem?.code);
  }
}

/** `/api/v1/…` of the segments, each encoded. A page's path is given as its segments. Throws for one that would lead elsewhere. */
export function apiPath(...segments: readonly string[]): string {
  if (segments.some((segment) => /^\.{0,2}$/.test(segment))) throw usageFailure('A name or path has neither . nor .. nor an empty part in it');
  return `/api/v1/${segments.map(encodeURIComponent).join('/')}`;
}

function queryString(query: NonNullable<Request['query']>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]): [string, string] => [name, String(value)]);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
