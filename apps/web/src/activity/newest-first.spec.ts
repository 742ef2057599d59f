import { describe, expect, it } from 'vitest';
import { type Happening, newestFirst, SHOWN_MAX } from './newest-first.js';

function event(id: string, at: string, sequence = 1): Happening {
  return { type: 'event', id, at, sequence, scope: { workspace: 'shop', project: 'api' }, session_id: 's', kind: 'user-prompt', title: id, agent: 'codex', owner: 'Ada' } as unknown as Happening;
}

describe('what happens', () => {
  it('is shown once however often it is told, the newest first', () => {
    const told = newestFirst([event('b', '2026-01-02'), event('a', '2026-01-01')], [event('b', '2026-01-02'), event('c', '2026-01-03')]);
    expect(told.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('keeps the order of a session where the time is the same', () => {
    expect(newestFirst([event('first', '2026-01-01', 1)], [event('second', '2026-01-01', 2)]).map(({ id }) => id)).toEqual(['second', 'first']);
  });

  it('is bounded', () => {
    expect(newestFirst(Array.from({ length: SHOWN_MAX + 5 }, (_, index) => event(String(index), '2026-01-01')), [])).toHaveLength(SHOWN_MAX);
  });
});
