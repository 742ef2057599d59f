import { describe, expect, it } from 'vitest';
import { EXIT } from '../client/failure.js';
import { namedScope, requireNamed, scopeOfFolder } from './scope.js';
import type { Marker } from './marker.js';

const marker = (more: Partial<Marker>): Marker => ({ path: '/srv/api/.ai-memory.toml', ...more });
const none = undefined;

describe('the project that somebody named', () => {
  it.each([
    ['both options', { workspace: 'acme', project: 'api' }, none, 'acme/api by options'],
    ['options before the marker', { workspace: 'acme', project: 'api' }, marker({ workspace: 'other', project: 'x' }), 'acme/api by options'],
    ["an option and the marker's workspace", { project: 'web' }, marker({ workspace: 'acme', project: 'api' }), 'acme/web by options'],
    ['the marker', {}, marker({ workspace: 'acme', project: 'api' }), 'acme/api by marker'],
    ['a marker without a workspace', {}, marker({ project: 'api' }), 'default/api by marker'],
    ["the marker's own workspace as an option", { workspace: 'acme' }, marker({ workspace: 'acme', project: 'api' }), 'acme/api by marker'],
    ["another workspace than the marker's", { workspace: 'other' }, marker({ workspace: 'acme', project: 'api' }), 'nobody'],
    ['a marker that names only a workspace', {}, marker({ workspace: 'acme' }), 'nobody'],
    ['nobody', {}, none, 'nobody'],
  ])('is told by %s', (_what, options, found, expected) => {
    const scope = namedScope(options, found);
    expect(scope ? `${scope.workspace}/${scope.project} by ${scope.from}` : 'nobody').toBe(expected);
  });

  it('is never half a guess', () => {
    expect(() => namedScope({ project: 'api' }, none)).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });

  it('is needed for a write', () => {
    expect(() => requireNamed(undefined)).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });
});

describe("a folder's project", () => {
  const projects = [
    { workspace: 'default', project: 'acme-api', identity: 'github.com/acme/api' },
    { workspace: 'default', project: 'api', identity: null },
    { workspace: 'default', project: 'acme-web', identity: null },
    { workspace: 'default', project: 'taken', identity: 'github.com/other/taken' },
  ];
  it.each([
    ['the git remote', '/srv/api', { remote: 'github.com/acme/api', root: '/srv/api' }, none, 'acme-api by git remote'],
    ["the marker's identity before the git remote", '/srv/x', { remote: 'github.com/other/taken', root: '/srv/x' }, marker({ identity: 'github.com/acme/api' }), 'acme-api by git remote'],
    ['the name that its remote gives', '/srv/w', { remote: 'github.com/acme/web', root: '/srv/w' }, none, 'acme-web by folder'],
    ["the repository's folder", '/srv/api/packages/x', { remote: null, root: '/srv/api' }, none, 'api by folder'],
    ['the folder', '/srv/api', { remote: null, root: null }, none, 'api by folder'],
    ['nothing, where the namesake is another repository', '/srv/taken', { remote: 'github.com/acme/taken', root: '/srv/taken' }, none, 'none'],
    ['nothing, in a home folder', '/home/dev', { remote: null, root: null }, none, 'none'],
  ])('is known by %s', (_what, cwd, git, found, expected) => {
    const scope = scopeOfFolder({ cwd, git, marker: found }, projects);
    expect(scope ? `${scope.project} by ${scope.from}` : 'none').toBe(expected);
  });
});
