/** Where a link in a page leads. */
export type LinkTarget =
  | { kind: 'page'; path: string; hash: string }
  | { kind: 'here'; hash: string }
  | { kind: 'elsewhere'; href: string }
  | { kind: 'nowhere' };

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const FOLLOWED = /^(https?|mailto):/i;
/** Browsers leave these out of an address, so that `java\tscript:` would be one. */
const LEFT_OUT = /[\p{Cc}\p{Cf}\s]+/gu;

/** Decides by the text of a link alone. Other schemes than http, https and mailto, and hosts without one, lead nowhere. */
export function linkTarget(raw: string, fromPath: string): LinkTarget {
  const href = raw.trim().replaceAll(LEFT_OUT, (found) => (/^ +$/.test(found) ? '%20' : ''));
  if (href === '' || href.startsWith('//') || href.includes('\\')) return { kind: 'nowhere' };
  if (SCHEME.test(href)) return FOLLOWED.test(href) ? { kind: 'elsewhere', href } : { kind: 'nowhere' };
  const [path = '', hash = ''] = href.split('#', 2) as [string, string?];
  if (path === '') return { kind: 'here', hash };
  const target = pathFrom(decoded(path), fromPath);
  return target === undefined ? { kind: 'nowhere' } : { kind: 'page', path: target, hash };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A path of the same project: from the page's folder, or from the root where it begins with a slash. */
function pathFrom(path: string, fromPath: string): string | undefined {
  const parts = path.startsWith('/') ? [] : fromPath.split('/').slice(0, -1);
  for (const part of path.split('/').filter((each) => each !== '' && each !== '.')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length > 0 ? withEnding(parts.join('/')) : undefined;
}

function withEnding(path: string): string {
  return /\.[a-z0-9]{1,8}$/i.test(path) ? path : `${path}.md`;
}
