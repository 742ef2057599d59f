import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseRemote, projectNameFromIdentity } from './git-remote.js';
import { isReservedName, isValidName, NAME_CHARACTERS_MAX, toName } from './names.js';
import { projectNameFromPath } from './project-path.js';

describe('normaliseRemote', () => {
  it.each([
    'git@github.com:Acme/API.git', 'git@github.com:/Acme/API', 'github.com:acme/api', 'https://github.com/Acme/API.git', 'https://github.com/acme/api/',
    'https://user:to%40ken@github.com/acme/api.git', 'https://x-access-token:ghp_a@b@GitHub.com/acme/api', 'ssh://git@github.com/acme/api.git',
    'ssh://git@github.com:22/acme/api', 'git://github.com/acme/api.git', 'git+ssh://git@github.com/acme/api.git', 'https://github.com:443//acme//api.git?x=1#y',
    ' github.com/acme/api ',
  ])('reads %j as one repository', (url) => {
    expect(normaliseRemote(url)).toBe('github.com/acme/api');
  });

  it.each([
    ['git@gitlab.example.com:group/sub/repo.git', 'gitlab.example.com/group/sub/repo'],
    ['ssh://git@gitserver:7999/proj/repo.git', 'gitserver/proj/repo'],
    ['https://git.example.com/repo', 'git.example.com/repo'],
  ])('reads %j', (url, expected) => {
    expect(normaliseRemote(url)).toBe(expected);
  });

  it.each([
    '', '/srv/git/api.git', '../api', './api', '~/api', 'file:///srv/git/api.git', 'C:\\src\\api', 'C:/src/api', 'https://github.com', 'https://github.com/',
    'https://github.com/.git', 'git@github.com:', 'https://github.com/acme/../other', 'ext::sh -c touch% /tmp/x', 'javascript://github.com/acme/api',
    'https://-oProxyCommand=x/acme/api', `https://github.com/${'a'.repeat(600)}`, 'git@github.com:acme/\u0000api', 'https://[::1]/acme/api',
  ])('takes %j for no remote', (url) => {
    expect(normaliseRemote(url)).toBeNull();
  });

  it('leaves an identity as it is, and never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => {
      const identity = normaliseRemote(url);
      if (identity !== null) expect(normaliseRemote(identity)).toBe(identity);
    }));
  });

  it('never lets credentials through', () => {
    const word = fc.stringMatching(/^[a-z0-9]{8,20}$/);
    fc.assert(fc.property(word, word, (user, password) => {
      const identity = normaliseRemote(`https://${user}:${password}@github.com/acme/api`);
      expect(identity).toBe('github.com/acme/api');
    }));
  });
});

describe('projectNameFromIdentity', () => {
  it.each([
    ['github.com/acme/api', undefined, 'acme-api'],
    ['gitlab.example.com/group/sub/repo', undefined, 'group-sub-repo'],
    ['github.com/acme/api', 'host_path', 'github.com-acme-api'],
    ['git@github.com:Acme/API.git', undefined, 'acme-api'],
    ['not an identity', undefined, null],
  ] as const)('of %j in style %j', (identity, style, expected) => {
    expect(projectNameFromIdentity(identity, style)).toBe(expected);
  });
});

describe('projectNameFromPath', () => {
  it.each([
    ['/home/dev/project', 'project'], ['/home/dev/My Project/', 'my-project'], ['/srv/API', 'api'], ['C:\\Users\\me\\src\\Api', 'api'], ['c:/src/api/', 'api'],
    ['/c:/Users/me/src/api', 'api'], ['/workspace', 'workspace'], ['/Users/me/code/x.y', 'x.y'], ['\\\\server\\share\\api', 'api'], ['/home/dev/.config', 'config'],
  ])('of %j', (cwd, expected) => {
    expect(projectNameFromPath(cwd)).toBe(expected);
  });

  it.each([
    '', '/', '//', '/root', '/home', '/home/dev', '/home/dev/', '/Users', '/Users/me', 'C:', 'C:\\', 'C:\\Users', 'C:\\Users\\me', 'c:/users/me/', '/c', '/c/Users/me',
    '/mnt/c', '/mnt/c/Users/me', '/var/root', '~', '.', '..', 'relative/dir', '/srv/..', '/srv/a/../../..', '\\\\server\\share', '/srv/---',
  ])('never calls %j a project', (cwd) => {
    expect(projectNameFromPath(cwd)).toBeNull();
  });

  it('keeps folders in other scripts apart', () => {
    const names = ['/srv/проект', '/srv/项目', '/srv/项目二'].map(projectNameFromPath);
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => name !== null && isValidName(name))).toBe(true);
  });
});

describe('names', () => {
  it.each(['a', 'acme-api', '0x', 'a.b_c-d', 'a'.repeat(NAME_CHARACTERS_MAX)])('accepts %j', (name) => {
    expect(isValidName(name)).toBe(true);
  });

  it.each(['', 'A', '-a', '.a', '_a', '_global', '_profile', 'a b', 'a/b', 'é', 'a\n', 'a'.repeat(NAME_CHARACTERS_MAX + 1)])('refuses %j', (name) => {
    expect(isValidName(name)).toBe(false);
  });

  it.each([['_global', true], ['_profile', true], ['_profile.ada', true], ['_Global', true], ['global', false], ['_globally', false]])('knows whether %j is reserved', (name, expected) => {
    expect(isReservedName(name)).toBe(expected);
  });

  it.each([['Acme API', 'acme-api'], ['  --Foo__', 'foo'], ['Crème brûlée', 'creme-brulee'], ['_global', 'global'], ['../../etc', 'etc'], ['***', null], ['', null]])('are made of %j', (raw, expected) => {
    expect(toName(raw)).toBe(expected);
  });

  it('made of anything are valid, and stay as they are', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (raw) => {
      const name = toName(raw);
      if (name === null) return;
      expect(isValidName(name)).toBe(true);
      expect(toName(name)).toBe(name);
    }));
  });
});
