import { afterEach, describe, expect, it, vi } from 'vitest';
import { HookTurns } from './hook-turns.js';

/** Work that goes on until it is let go. */
function gate(): { open(): void; work(): Promise<string> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), work: () => opened.then(() => 'done') };
}

afterEach(() => vi.useRealTimers());

describe('hooks that are stored at the same time', () => {
  it('are half of them one organisation\'s at most, so that another gets in', async () => {
    const turns = new HookTurns(4);
    const { open, work } = gate();
    const noisy = [turns.run('noisy', work), turns.run('noisy', work)];
    await expect(turns.run('noisy', work)).rejects.toMatchObject({ code: 'hook.saturated', retryAfterSeconds: 1 });
    const quiet = [turns.run('quiet', work), turns.run('quiet', work)];
    await expect(turns.run('third', work)).rejects.toMatchObject({ code: 'hook.saturated' });
    open();
    expect(await Promise.all([...noisy, ...quiet])).toEqual(['done', 'done', 'done', 'done']);
  });

  it('let no more of their organisation in once one has waited for five seconds, until it is done', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const turns = new HookTurns(4);
    const { open, work } = gate();
    const slow = turns.run('slow', work);
    vi.advanceTimersByTime(5_000);
    expect(await turns.run('slow', async () => 'in time')).toBe('in time');
    vi.advanceTimersByTime(1);
    await expect(turns.run('slow', work)).rejects.toMatchObject({ code: 'hook.saturated', retryAfterSeconds: 1 });
    expect(await turns.run('other', async () => 'not kept out')).toBe('not kept out');
    open();
    await slow;
    expect(await turns.run('slow', async () => 'again')).toBe('again');
  });

  it('give their place back, also where they fail', async () => {
    const turns = new HookTurns(2);
    for (let time = 0; time < 5; time += 1) await expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.run('a', async () => 1)).toBe(1);
  });
});
