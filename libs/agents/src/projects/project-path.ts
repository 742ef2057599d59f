import { toName } from './names.js';

/** Folders that belong to a machine or a person and not to a project, as they look on any system. */
const NO_PROJECT = [
  /^$/,
  /^(?:[a-z]:|~)$/i,
  /^(?:[a-z]:|\/[a-z]|\/mnt\/[a-z])?\/users(?:\/[^/]+)?$/i,
  /^\/(?:mnt|mnt\/[a-z]|[a-z])$/i,
  /^\/(?:var\/)?root$/,
  /^\/(?:usr\/|export\/)?home(?:\/[^/]+)?$/,
  /^\/\/[^/]+(?:\/[^/]+)?$/,
];

/**
 * What the project in this folder is called for want of anything better: the folder's name. Takes absolute POSIX and
 * Windows paths. Null for roots, home folders, and paths that are not absolute or not resolved.
 */
export function projectNameFromPath(cwd: string): string | null {
  const path = cwd.trim().replaceAll('\\', '/').replace(/\/+$/, '');
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  if (NO_PROJECT.some((pattern) => pattern.test(path)) || !isAbsolute) return null;
  const segments = path.split('/');
  return segments.includes('..') || segments.includes('.') ? null : toName(segments.at(-1) ?? '');
}
