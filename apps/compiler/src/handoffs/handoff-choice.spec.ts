import { describe, expect, it } from 'vitest';
import type { Handoff } from '#libs/contracts';
import { chooseHandoff, isSamePlace } from './handoff-choice.js';

describe('isSamePlace', () => {
  it.each([
    ['/work/api', '/work/api', true],
    ['/work/api', '/work/api/', true],
    ['/work/api', '/work/api/src', true],
    ['/work/api/src', '/work/api', true],
    ['/work/api', '/work/api2', false],
    ['/work/api', '/srv/api', true],
    ['/work/api', '/work/web', false],
    ['/work/api', '/work/api-worktree', false],
    ['/home/ada/code/api', '/Users/bob/code/api/src', true],
    ['/home/ada/code/api', 'C:\\Users\\bob\\code\\api', true],
    ['/home/ada/code/api/src', '/root/code/web', false],
    ['/home/ada', '/Users/bob/code', true],
    ['C:\\work\\api', 'C:/work/api/src', true],
    [null, '/work/api', true],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isSamePlace(a, b)).toBe(expected);
  });
});

describe('chooseHandoff', () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
  const handoff = (id: string, more: Partial<Handoff>): Handoff => ({ handoffId: id, origin: 'automatic', cwd: '/w/a', leftAt: at(0), ...more }) as Handoff;

  it('takes the first that fits and outdates older automatic ones of the same tree', () => {
    const open = [handoff('new', { leftAt: at(9) }), handoff('elsewhere', { cwd: '/w/b', leftAt: at(5) }), handoff('old', { leftAt: at(1) })];
    const { chosen, outdated } = chooseHandoff(open, '/w/a/src');
    expect(chosen?.handoffId).toBe('new');
    expect(outdated.map((each) => each.handoffId)).toEqual(['old']);
  });

  it('takes a manual one first, wherever the session starts, and keeps newer automatic ones', () => {
    const open = [handoff('manual', { origin: 'manual', cwd: '/elsewhere', leftAt: at(3) }), handoff('new', { leftAt: at(9) }), handoff('old', { leftAt: at(1) })];
    const { chosen, outdated } = chooseHandoff(open, '/w/a');
    expect(chosen?.handoffId).toBe('manual');
    expect(outdated.map((each) => each.handoffId)).toEqual(['old']);
  });

  it('finds nothing in another place', () => {
    expect(chooseHandoff([handoff('a', {})], '/w/b').chosen).toBeUndefined();
  });
});
