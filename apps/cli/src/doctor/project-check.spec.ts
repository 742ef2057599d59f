import { describe, expect, it } from 'vitest';
import { Failure } from '../client/failure.js';
import type { Marker } from '../scope/marker.js';
import { checkProject } from './project-check.js';

const PROJECTS = [{ workspace: 'acme', project: 'acme-api', identity: 'github.com/acme/api' }, { workspace: 'acme', project: 'web', identity: null }];
const marker = (more: Partial<Marker>): Marker => ({ path: '/srv/api/.ai-memory.toml', workspace: 'acme', ...more });
const remote = { remote: 'github.com/acme/api', root: '/srv/api' };
const none = { remote: null, root: null };

describe("the folder's project", () => {
  it.each([
    ['by the marker', marker({ project: 'web' }), none, '/srv/x', 'ok', 'acme/web, by marker'],
    ['by the remote', marker({}), remote, '/srv/api', 'ok', 'acme/acme-api, by the git remote'],
    ['new', marker({}), { remote: 'github.com/acme/new', root: '/srv/new' }, '/srv/new', 'ok', 'new: made in acme'],
    ['marked as one that is not there', marker({ project: 'wbe' }), none, '/srv/x', 'warning', 'acme/wbe, by marker, is not there yet'],
    ["marked as another than the repository's", marker({ project: 'web' }), remote, '/srv/api', 'warning', 'already has the project acme/acme-api'],
    ['none at all', undefined, none, '/tmp', 'warning', 'no repository and has no marker'],
  ])('is told where it is %s', (_what, found, git, cwd, status, what) => {
    expect(checkProject({ options: {}, surroundings: { cwd, marker: found, git }, projects: PROJECTS })).toMatchObject([{ status, what: expect.stringContaining(what) }]);
  });

  it('is not doubted while the server is down', () => {
    expect(checkProject({ options: {}, surroundings: { cwd: '/srv/x', marker: marker({ project: 'wbe' }), git: none }, projects: undefined })).toMatchObject([{ status: 'ok' }]);
  });

  it('can not be told by a marker that can not be read', () => {
    expect(checkProject({ options: {}, surroundings: new Failure('x is not valid TOML'), projects: PROJECTS })).toMatchObject([{ status: 'failure', what: 'x is not valid TOML' }]);
  });
});
