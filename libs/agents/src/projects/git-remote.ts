import { toName } from './names.js';

const REMOTE_CHARACTERS_MAX = 512;
const URL_FORM = /^(?:git\+)?(?:ssh|https?|git|ftps?):\/\/([^/]+)\/(.+)$/i;
/** `git@host:path`; a single letter before the colon is a Windows drive. */
const SCP_FORM = /^(?:[^@/\s]+@)?([^@/:\s]{2,}):(?!\/\/)(.+)$/;
/** What this module gives: a host and a path. */
const IDENTITY_FORM = /^([^/:@\s.~][^/:@\s]*)\/(.+)$/;
const HOST = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/;

/**
 * One identity for every way to write a remote: `git@github.com:Acme/API.git`, `https://user:token@github.com/Acme/API`
 * and `ssh://git@github.com:22/acme/api/` are `github.com/acme/api`. Credentials and ports are dropped (a server's ssh
 * and https ports serve the same repository); all is lowercase. Null for folders, files and whatever is no remote.
 * An identity stays as it is.
 */
export function normaliseRemote(url: string): string | null {
  const remote = url.trim();
  if (remote.length > REMOTE_CHARACTERS_MAX || /[\s\\\p{Cc}]/u.test(remote)) return null;
  const forms = remote.includes('://') ? [URL_FORM] : [SCP_FORM, IDENTITY_FORM];
  const [, authority, path] = forms.map((form) => form.exec(remote)).find((match) => match !== null) ?? [];
  if (authority === undefined || path === undefined) return null;
  const host = hostOf(authority);
  const segments = segmentsOf(path);
  if (!HOST.test(host) || segments.length === 0 || segments.some((segment) => segment === '.' || segment === '..')) return null;
  return [host, ...segments].join('/');
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return host.replace(/:\d*$/, '').replace(/\.$/, '');
}

function segmentsOf(path: string): string[] {
  const [withoutQuery = ''] = path.toLowerCase().split(/[?#]/, 1);
  const segments = withoutQuery.split('/').filter((segment) => segment !== '');
  const last = segments.pop()?.replace(/(?:\.git)+$/, '');
  return last ? [...segments, last] : segments;
}

/**
 * What a project of this repository is called unless somebody names it: `acme-api` for `github.com/acme/api`, or
 * `github.com-acme-api` in the style `host_path`. Null if the identity is none.
 */
export function projectNameFromIdentity(identity: string, style: 'path' | 'host_path' = 'path'): string | null {
  const normalised = normaliseRemote(identity);
  if (normalised === null) return null;
  return toName((style === 'path' ? normalised.slice(normalised.indexOf('/') + 1) : normalised).replaceAll('/', '-'));
}
