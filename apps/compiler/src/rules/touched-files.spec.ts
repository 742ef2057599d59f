import { expect, it } from 'vitest';
import type { Observation, ToolUse } from '#libs/contracts';
import { SessionDigest } from './session-digest.js';
import { touchedFiles } from './touched-files.js';

const at = (place: number): string => `2026-11-25T10:00:0${place}.000Z`;

function touched(tools: readonly Partial<ToolUse>[]) {
  const digest = new SessionDigest('/p');
  for (const [index, tool] of tools.entries()) {
    digest.add({ kind: 'post-tool-use', occurredAt: at(index + 1), title: '', body: '', isSubagent: false, tool: { name: 'T', family: 'edit', outcome: 'success', ...tool } } as Observation, index + 1);
  }
  return touchedFiles(digest.finish()!);
}

const commit = { family: 'shell' as const, command: 'git commit -am "Mend it"', excerpt: '[main abc1234] Mend it\n 1 file changed' };

it('tells when each file was changed, by which events, and the commit that came after', () => {
  expect(touched([{ path: '/p/src/a.ts' }, commit, { path: '/p/src/a.ts' }, { path: '/p/src/b.ts' }])).toEqual([
    { path: 'src/a.ts', touchedAt: at(3), isChanged: true, commit: null, places: [1, 3] },
    { path: 'src/b.ts', touchedAt: at(4), isChanged: true, commit: null, places: [4] },
  ]);
  expect(touched([{ path: '/p/src/a.ts' }, commit])).toMatchObject([{ commit: 'abc1234' }]);
});

it('takes a file that was only read for touched, and one that git was told to add for changed', () => {
  expect(touched([{ family: 'read', path: '/p/src/a.ts' }])).toMatchObject([{ isChanged: false, touchedAt: at(1), commit: null }]);
  expect(touched([{ family: 'shell', command: 'git add src/a.ts && git commit -m "x"', excerpt: '[main abc1234] x' }])).toMatchObject([{ path: 'src/a.ts', isChanged: true, commit: 'abc1234' }]);
});

it('knows what others changed from a pull', () => {
  const pull = { family: 'shell' as const, command: 'git pull', excerpt: 'Updating 0123abc..4567def\nFast-forward\n src/a.ts | 4 ++--\n src/b.ts | 2 +-' };
  expect(touched([{ family: 'read', path: '/p/src/a.ts' }, pull])).toMatchObject([{ path: 'src/a.ts', isChanged: true, places: [1, 2] }, { path: 'src/b.ts', isChanged: true, places: [2] }]);
  expect(touched([{ path: '/p/src/b.ts' }, pull])).toMatchObject([{ path: 'src/b.ts', places: [1] }, { path: 'src/a.ts', touchedAt: at(2), isChanged: true, commit: '4567def', places: [2] }]);
});

it('leaves out what failed, and what the agent only says', () => {
  expect(touched([{ path: '/p/src/a.ts', outcome: 'error' }])).toEqual([]);
});
