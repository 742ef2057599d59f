const GLOB = /\*\*\/?|\*|\?|[^*?]+/g;
const SPECIAL = /[^\p{L}\p{N}_/-]/gu;

/**
 * A regular expression of Postgres for a path as people write it: with `*` (within a folder), `**` or `?` the whole path, else how
 * it begins. One that begins with `/` begins where the path does, any other at any folder: files of two machines lie under different ones.
 */
export function pathPattern(path: string): string {
  const start = path.startsWith('/') ? '^/?' : '(^|/)';
  const isGlob = /[*?]/.test(path);
  return `${start}${path.replace(/^\/+/, '').replaceAll(GLOB, partPattern)}${isGlob ? '$' : ''}`;
}

function partPattern(part: string): string {
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('**')) return part.endsWith('/') ? '(.*/)?' : '.*';
  return part.replaceAll(SPECIAL, String.raw`\$&`);
}
