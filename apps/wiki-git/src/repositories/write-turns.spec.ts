import { expect, it } from 'vitest';
import { WriteTurns } from './write-turns.js';

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

it('runs the work of one key one after the other, in order, and other keys beside it', async () => {
  const turns = new WriteTurns(10, 1_000);
  const log: string[] = [];
  const first = gate();
  const work = [
    turns.take('a', async () => {
      await first.opened;
      log.push('a1');
    }),
    turns.take('a', async () => void log.push('a2')),
    turns.take('b', async () => void log.push('b1')),
  ];
  await work[2];
  first.open();
  await Promise.all(work);
  expect(log).toEqual(['b1', 'a1', 'a2']);
});

it('goes on after work that failed, and gives its error to who asked for it', async () => {
  const turns = new WriteTurns(10, 1_000);
  const failed = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', () => Promise.resolve(7));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe(7);
});

it('refuses work when too much is waiting, and takes it again later', async () => {
  const turns = new WriteTurns(1, 1_000);
  const first = gate();
  const running = turns.take('a', () => first.opened);
  await expect(turns.take('a', () => Promise.resolve())).rejects.toMatchObject({ code: 'wiki.repository.busy', kind: 'limited' });
  first.open();
  await running;
  await expect(turns.take('a', () => Promise.resolve(1))).resolves.toBe(1);
});

it('does not begin work that has waited too long', async () => {
  let now = 0;
  const turns = new WriteTurns(10, 1_000, () => now);
  const [begun, first] = [gate(), gate()];
  const running = turns.take('a', () => {
    begun.open();
    return first.opened;
  });
  const late = turns.take('a', () => Promise.resolve('done'));
  await begun.opened;
  now = 1_001;
  first.open();
  await running;
  await expect(late).rejects.toMatchObject({ code: 'wiki.repository.busy' });
});
