import { describe, expect, it, vi } from 'vitest';
import { BackgroundTurns, TURN_MS_MAX } from './background-turns.js';

/** A process whose thread is at work for this part of the time, from its first second on. */
function turns(part: number): { all: BackgroundTurns; begun: string[]; begin(name: string): Promise<void>; end(name: string): Promise<void> } {
  let at = 0;
  const utilization = (later?: { active: number }, earlier?: { active: number }) => {
    const active = later && earlier ? later.active - earlier.active : part * at;
    return { idle: 0, active, utilization: later && earlier ? part : 0 };
  };
  const all = new BackgroundTurns(utilization as never, () => at);
  const [begun, ends]: [string[], Map<string, () => void>] = [[], new Map()];
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    all, begun,
    begin: (name) => {
      at += 1_000;
      void all.run(() => (begun.push(name), new Promise<void>((resolve) => ends.set(name, resolve))));
      return turn();
    },
    end: (name) => {
      ends.get(name)!();
      return turn();
    },
  };
}

describe('turns', () => {
  it.each([[0.24, 8], [0.25, 2], [0.79, 2], [0.8, 1], [1, 1]])('of a thread that is at work for %d of the time are %d at once; others follow in the order in which they came', async (part, atOnce) => {
    const { begun, begin, end } = turns(part);
    const names = Array.from({ length: atOnce + 3 }, (_, index) => `work ${index}`);
    for (const name of names) await begin(name);
    expect(begun).toEqual(names.slice(0, atOnce));
    await end(`work ${atOnce - 1}`);
    expect(begun).toEqual(names.slice(0, atOnce + 1));
  });

  it('are over for others after a second, where they wait for something else', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { begun, begin, end } = turns(0.95);
    for (const name of ['slow', 'second', 'third']) await begin(name);
    expect(begun).toEqual(['slow']);
    vi.advanceTimersByTime(TURN_MS_MAX);
    await end('slow');
    expect(begun).toEqual(['slow', 'second']);
    vi.useRealTimers();
  });

  it('give their place back where they fail', async () => {
    const all = new BackgroundTurns();
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => all.run(async () => {
      if (index % 2 === 0) throw new Error('no');
      return index;
    })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });
});
