import { describe, expect, it } from 'vitest';
import { parseLog } from './git-log.js';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const zero = '0'.repeat(40);

describe('parseLog', () => {
  it('reads commits with many changes, one and none', () => {
    const output = [
      a, '1700000000', 'Ada', 'codex\n', '0198\n', 'agent notes/a.md\nroot of-all\nuser\n', `Subject\n\nAgent: codex\n`,
      `\n:000000 100644 ${zero} ${b} A`, 'notes/a.md', `:100644 000000 ${b} ${zero} D`, 'odd\nname', b, '1700000001', 'Bo', '', '', '', 'Nothing\n',
      c, '1700000002', 'Cy', '', '', '', '', `\n:100644 120000 ${a} ${b} T`, 'x.md', '',
    ].join('\0');
    expect(parseLog(output)).toEqual([
      {
        commit: a, committedAt: new Date(1_700_000_000_000), author: 'Ada', agent: 'codex', sessionId: '0198', trusts: new Map([['notes/a.md', 'agent']]), message: 'Subject\n\nAgent: codex',
        changes: [{ path: 'notes/a.md', mode: '100644', blob: b, status: 'A' }, { path: 'odd\nname', mode: '000000', blob: zero, status: 'D' }],
      },
      { commit: b, committedAt: new Date(1_700_000_001_000), author: 'Bo', agent: null, sessionId: null, trusts: new Map(), message: 'Nothing', changes: [] },
      { commit: c, committedAt: new Date(1_700_000_002_000), author: 'Cy', agent: null, sessionId: null, trusts: new Map(), message: '', changes: [{ path: 'x.md', mode: '120000', blob: b, status: 'T' }] },
    ]);
  });

  it('reads what a merge changed against each of its parents', () => {
    const output = [a, '1', 'Ada', '', '', '', 'Merge\n', '', `::100644 100644 100644 ${a} ${b} ${c} MM`, 'x.md', `:::100644 100644 100644 000000 ${a} ${a} ${b} ${zero} DDD`, 'y.md', ''].join('\0');
    expect(parseLog(output)[0]!.changes).toEqual([{ path: 'x.md', mode: '100644', blob: c, status: 'MM' }, { path: 'y.md', mode: '000000', blob: zero, status: 'DDD' }]);
  });

  it('reads on after a merge that changes nothing of its own', () => {
    const output = [a, '1', 'Ada', '', '', '', 'Merge\n', '', b, '2', 'Bo', '', '', '', 'Side\n', `\n:000000 100644 ${zero} ${c} A`, 'x.md', ''].join('\0');
    expect(parseLog(output).map(({ commit, changes }) => [commit, changes.length])).toEqual([[a, 0], [b, 1]]);
  });

  it('reads nothing from nothing', () => {
    expect(parseLog('')).toEqual([]);
  });

  it.each([['-5', '1970-01-01T00:00:00.000Z'], ['soon', '1970-01-01T00:00:00.000Z'], ['99999999999999999999', '9999-12-31T00:00:00.000Z']])('takes a clock that says %s for %s', (seconds, expected) => {
    expect(parseLog([a, seconds, 'Ada', '', '', '', '', ''].join('\0'))[0]!.committedAt.toISOString()).toBe(expected);
  });

  it('believes the last of several trailers', () => {
    expect(parseLog([a, '1', 'Ada', 'one\ntwo\n', '', '', '', ''].join('\0'))[0]!.agent).toBe('two');
  });
});
