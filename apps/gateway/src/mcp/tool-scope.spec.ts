import { describe, expect, it } from 'vitest';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { ProjectRef } from '../projects/projects.repository.js';
import { findScope, nameOf, type ProjectDirectory, type Purpose, type ScopeNames } from './tool-scope.js';

function project(name: string): ProjectRef {
  const [workspace, short] = name.split('/') as [string, string];
  return { organisationId: '_global/_global', workspaceId: workspace, workspace, projectId: name, project: short, identity: null, visibility: 'open', createdAt: '2026-01-01T00:00:00.000Z' };
}

/** The projects there are, and the one of the session that the client named. */
function directory(names: readonly string[], session?: string): ProjectDirectory {
  const find = async (workspace: string, short: string): Promise<ProjectRef> => {
    if (!names.includes(`${workspace}/${short}`)) throw new Fault(NOT_FOUND);
    return project(`${workspace}/${short}`);
  };
  return { find, findById: async (id) => project(id), ensure: async (workspace, short) => project(`${workspace}/${short}`), list: async () => names.map(project), own: async () => undefined, ofSession: async () => (session ? project(session) : undefined) };
}

const API = { workspace: 'acme', project: 'api' };
const WEB = { workspace: 'acme', project: 'web' };
const ONE = directory(['acme/api']);
const TWO = directory(['acme/api', 'acme/web']);
const TWO_IN_SESSION = directory(['acme/api', 'acme/web'], 'acme/web');

async function found(names: ProjectDirectory, named: ScopeNames, address: ScopeNames, purpose: Purpose): Promise<string> {
  const { project: ref, resolvedBy } = await findScope(names, named, address, purpose);
  return `${nameOf(ref)} ${resolvedBy}`;
}

describe('a call has the project', () => {
  it.each<[string, ProjectDirectory, ScopeNames, ScopeNames, Purpose, string]>([
    ['that it names', TWO_IN_SESSION, API, WEB, 'write', 'acme/api explicit'],
    ['that it names, new', ONE, WEB, {}, 'create', 'acme/web explicit'],
    ['of the address', TWO_IN_SESSION, {}, API, 'write', 'acme/api url'],
    ['of the address, new', ONE, {}, WEB, 'create', 'acme/web url'],
    ['of the session', TWO_IN_SESSION, {}, {}, 'write', 'acme/web session'],
    ['that is the only one, to read', ONE, {}, {}, 'read', 'acme/api only-project'],
    ['that is the only one beside the organisation\'s own', directory(['_global/_global', 'acme/api']), {}, {}, 'read', 'acme/api only-project'],
    ['that it names, where the rest is empty', TWO, API, { workspace: '', project: '' }, 'read', 'acme/api explicit'],
  ])('%s', async (_which, names, named, address, purpose, expected) => {
    expect(await found(names, named, address, purpose)).toBe(expected);
  });
});

describe('a call is refused with -32602', () => {
  it.each<[string, ProjectDirectory, ScopeNames, ScopeNames, Purpose, RegExp]>([
    ['rather than write to the only project unasked', ONE, {}, {}, 'write', /Available: acme\/api\./],
    ['rather than create unasked', ONE, {}, {}, 'create', /Available: acme\/api\./],
    ['rather than choose between two', TWO, {}, {}, 'read', /Available: acme\/api, acme\/web\./],
    ['where there is nothing to choose', directory([]), {}, {}, 'read', /none yet/],
    ['with half a pair', ONE, { workspace: 'acme' }, {}, 'read', /both or neither/],
    ['with a NUL in the address', ONE, {}, { workspace: 'acme', project: 'a\0' }, 'read', /no such characters/],
    ['with half a pair in the address', ONE, {}, { project: 'api' }, 'read', /both or neither/],
    ['with twenty names at most', directory(Array.from({ length: 23 }, (_, index) => `acme/p${index}`)), {}, {}, 'read', /acme\/p19 and 3 more\./],
  ])('%s', async (_why, names, named, address, purpose, message) => {
    await expect(findScope(names, named, address, purpose)).rejects.toMatchObject({ code: -32602, message: expect.stringMatching(message) });
  });
});

it.each<Purpose>(['read', 'write'])('never makes a project to %s', async (purpose) => {
  await expect(findScope(ONE, WEB, {}, purpose)).rejects.toMatchObject({ kind: 'not-found' });
});
