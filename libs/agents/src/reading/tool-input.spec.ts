import { describe, expect, it } from 'vitest';
import { scopesOf } from './fields.js';
import { readToolInput } from './tool-input.js';

const PATCH = '*** Begin Patch\n*** Update File: src/a.ts\n@@\n-x\n+y\n*** Add File: src/b.ts\n+z\n*** Update File: src/c.ts\n*** Move to: src/d.ts\n*** End Patch';

describe('a command', () => {
  it.each([
    [{ tool_input: { command: 'npm test' } }, 'npm test'],
    [{ toolArgs: '{"command":"npm test"}' }, 'npm test'],
    [{ args: { cmd: 'ls -la' } }, 'ls -la'],
    [{ tool_input: { CommandLine: 'make', Cwd: '/w' } }, 'make'],
    [{ tool_input: { command: ['bash', '-lc', 'cd a && make'] } }, 'cd a && make'],
    [{ tool_input: { command: ['git', 'commit', '-m', 'two words'] } }, "git commit -m 'two words'"],
    [{ tool_input: { command: [] } }, undefined],
    [{ tool_input: { command: { nested: true } } }, undefined],
    [{ tool_input: '{broken' }, undefined],
    [{}, undefined],
  ])('of %j', (body, expected) => {
    expect(readToolInput('shell', scopesOf(body)).command).toBe(expected);
  });

  it('is read of shell tools only', () => {
    expect(readToolInput('edit', scopesOf({ tool_input: { command: 'create', path: 'a.ts' } })).command).toBeUndefined();
  });
});

describe('a path', () => {
  it.each([
    ['read', { file_path: '/a/b.ts' }, '/a/b.ts'],
    ['read', { filePath: '/a/b.ts' }, '/a/b.ts'],
    ['edit', { notebook_path: 'n.ipynb', new_source: 'x' }, 'n.ipynb'],
    ['edit', { target_file: 'a.ts' }, 'a.ts'],
    ['edit', { TargetFile: 'a.ts' }, 'a.ts'],
    ['read', { AbsolutePath: 'C:\\a\\b.ts' }, 'C:\\a\\b.ts'],
    ['search', { pattern: 'x', path: 'src' }, 'src'],
    ['read', { paths: ['a.ts', 'b.ts', 'a.ts'] }, 'a.ts\nb.ts'],
    ['read', { operations: [{ mode: 'Line', path: '/a' }, { path: '/b' }] }, '/a\n/b'],
    ['edit', { command: PATCH }, 'src/a.ts\nsrc/b.ts\nsrc/c.ts\nsrc/d.ts'],
    ['edit', { patchText: PATCH }, 'src/a.ts\nsrc/b.ts\nsrc/c.ts\nsrc/d.ts'],
    ['other', { file_path: 'a.ts' }, 'a.ts'],
    ['read', { file_path: 7, path: ['', {}] }, undefined],
    ['web', { url: 'https://x.test', path: 'p' }, undefined],
    ['shell', { command: 'ls', path: 'p' }, undefined],
  ] as const)('of %s %j', (family, toolInput, expected) => {
    expect(readToolInput(family, scopesOf({ tool_input: toolInput })).path).toBe(expected);
  });

  it('is found in a patch that is the whole input', () => {
    expect(readToolInput('edit', scopesOf({ tool_input: PATCH })).path).toBe('src/a.ts\nsrc/b.ts\nsrc/c.ts\nsrc/d.ts');
  });
});

describe('the rest', () => {
  it.each([
    ['shell', { command: 'ls', description: 'list', timeout: 5 }, 'description: list\ntimeout: 5'],
    ['edit', { file_path: 'a', old_string: 'x', new_string: 'y' }, 'old_string: x\nnew_string: y'],
    ['web', { url: 'https://x.test', prompt: 'why' }, 'url: https://x.test\nprompt: why'],
  ] as const)('of %s %j are the other arguments', (family, toolInput, expected) => {
    expect(readToolInput(family, scopesOf({ tool_input: toolInput })).rest).toBe(expected);
  });
});
