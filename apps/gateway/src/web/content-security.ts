/**
 * What the web's page may do: its own scripts and styles, its own API, pictures that it holds itself. No picture of another
 * server is ever fetched, and no text becomes a script: the browser refuses both.
 */
export const WEB_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "form-action 'self'",
  "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');

export const DOCUMENT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': WEB_POLICY,
  // It names the files of one build: an old one would ask for what is gone.
  'Cache-Control': 'no-store',
  // With `no-referrer` a browser sends `Origin: null` with our own forms, by which they could not be told from foreign ones.
  'Referrer-Policy': 'same-origin',
};

/** The name of such a file has the hash of what is in it. */
export const ASSET_HEADERS: Readonly<Record<string, string>> = { 'Cache-Control': 'public, max-age=31536000, immutable' };
