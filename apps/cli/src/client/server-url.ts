/** Where a standalone listens unless told otherwise. */
export const DEFAULT_SERVER_URL = 'http://127.0.0.1:49374';

/** The address without a slash at its end; undefined for what is no http(s) address, or carries credentials, a query or a fragment. */
export function normaliseServerUrl(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  const isPlain = ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  return isPlain ? (url.origin + url.pathname).replace(/\/+$/, '') : undefined;
}

/** True where nobody else can listen in on an unencrypted connection. */
export function isLoopbackUrl(url: string): boolean {
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
}
