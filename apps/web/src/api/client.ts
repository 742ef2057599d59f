import { createApiClient } from 'ai-memory-api-client';
import { ApiProblem, problemFrom } from './problem.js';

export const api = createApiClient({ fetch: (request) => fetch(request) });

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was asked for; an `ApiProblem` where the server refused. Who is not signed in is sent to sign in, and comes back here. */
export async function ask<T>(answered: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await answered;
  if (response.ok) return data as T;
  const problem = problemFrom(error as object, response.status);
  if (problem.status === 401) signIn();
  throw problem;
}

let isLeaving = false;

/** Once, however many answers call for it: each further time would break off the one before. */
export function signIn(): void {
  if (isLeaving) return;
  isLeaving = true;
  const { pathname, search, hash } = window.location;
  window.location.assign(`/auth/sign-in?return_to=${encodeURIComponent(pathname + search + hash)}`);
}

export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}
