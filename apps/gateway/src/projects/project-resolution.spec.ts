import { describe, expect, it } from 'vitest';
import { candidatesOf, type ProjectHints } from './project-resolution.js';

describe('candidatesOf', () => {
  it.each<[string, ProjectHints, Partial<ReturnType<typeof candidatesOf>>]>([
    ['a marker chooses the name', { workspace: 'acme', project: 'api', projectSource: 'marker', cwd: '/w/x' }, { workspace: 'acme', chosen: 'api', folder: '/w/x' }],
    ['a name without a source counts as chosen', { project: 'api' }, { chosen: 'api', workspace: 'default' }],
    ['a repository root is weaker than a remote', { project: 'api', projectSource: 'repo-root', identity: 'git@github.com:Acme/API.git', cwd: '/w/api/src' },
      { chosen: null, identity: 'github.com/acme/api', identityName: 'acme-api', derived: 'api', isFolderRoot: false }],
    ['a folder gives its own name', { cwd: '/home/dev/My Project/' }, { chosen: null, derived: 'my-project', folder: '/home/dev/My Project', isFolderRoot: true }],
    ['a Windows folder too', { cwd: 'C:\\Work\\Api' }, { derived: 'api', folder: 'C:/Work/Api' }],
    ['a home folder is no project', { cwd: '/home/dev' }, { derived: 'scratch', folder: null, isFolderRoot: false }],
    ['nothing at all is scratch', {}, { workspace: 'default', chosen: null, identity: null, derived: 'scratch' }],
    ['reserved names lose their underscore', { project: '_global' }, { chosen: 'global' }],
  ])('%s', (_name, hints, expected) => {
    expect(candidatesOf(hints)).toMatchObject(expected);
  });
});
