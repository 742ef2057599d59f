import { describe, expect, it } from 'vitest';
import { CallGate } from './call-gate.js';

describe('a gate', () => {
  it('lets eight calls of an organisation through at a time, and another organisation\'s beside them', () => {
    const gate = new CallGate();
    expect(Array.from({ length: 9 }, (_each, index) => gate.enter('ours', `w${index}`)).at(-1)).toBe('busy');
    expect(gate.enter('theirs', 'w')).toBeUndefined();
    gate.leave('ours', 'w0', true);
    expect(gate.enter('ours', 'w9')).toBeUndefined();
  });

  it('lets sixty-four through of all together', () => {
    const gate = new CallGate();
    const entered = Array.from({ length: 65 }, (_each, index) => gate.enter(`o${index % 20}`, `w${index}`));
    expect(entered.filter((each) => each === undefined)).toHaveLength(64);
  });

  it('is shut for thirty seconds to a webhook that failed five times in a row, then for each failure, until an answer', () => {
    let now = 0;
    const gate = new CallGate(() => now);
    const call = (isAnswered: boolean): string | undefined => {
      const shut = gate.enter('ours', 'w');
      if (shut === undefined) gate.leave('ours', 'w', isAnswered);
      return shut;
    };
    expect(Array.from({ length: 6 }, () => call(false))).toEqual([undefined, undefined, undefined, undefined, undefined, 'circuit open']);
    expect(gate.enter('ours', 'another')).toBeUndefined();
    now = 30_000;
    expect([call(false), call(true)]).toEqual([undefined, 'circuit open']);
    now = 60_000;
    expect([call(true), call(false), call(true)]).toEqual([undefined, undefined, undefined]);
  });
});
