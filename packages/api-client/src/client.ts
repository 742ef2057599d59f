import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type { paths, components } from './schema.js';

/** What an answer holds, by the name that it has in the OpenAPI document: `Schema<'Page'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export type ApiClient = Client<paths>;

export interface ApiClientOptions {
  /** Where the server is reached; in its own pages, nothing. */
  baseUrl?: string;
  /** A token; in a signed-in browser, nothing. */
  token?: string;
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Every route of `/api/v1`, typed. Answers `{data}` or `{error}` (problem+json), and throws only where there was no answer.
 * Paths of pages are sent with their slashes.
 */
export function createApiClient({ baseUrl = '', token, fetch }: ApiClientOptions = {}): ApiClient {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createClient<paths>({ baseUrl, headers, ...(fetch ? { fetch } : {}), pathSerializer: pathOf, querySerializer: { array: { style: 'form', explode: false } } });
}

/** A page's path keeps its slashes; all else that a name may hold is encoded. */
function pathOf(template: string, params: Record<string, unknown>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(params[name])).replaceAll('%2F', name === 'path' ? '/' : '%2F'));
}
