import { expect, it } from 'vitest';
import { type Settled, WriteRounds } from './write-rounds.js';

/** Rounds that are held until told, and the pieces each had. */
function heldRounds(roundMax: number, waitingMax: number, answer: (work: string) => Settled<string> = (result) => ({ result })) {
  const rounds: string[][] = [];
  const releases: (() => void)[] = [];
  const clock = { now: 0 };
  const line = new WriteRounds<string, string>({ roundMax, waitingMax, waitMsMax: 1_000 }, async (works) => {
    rounds.push([...works]);
    await new Promise<void>((resolve) => releases.push(resolve));
    return works.map(answer);
  }, () => clock.now);
  return { line, rounds, clock, release: () => releases.shift()!() };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('does together what came while a round was under way, in order of arrival, at most so many at a time', async () => {
  const { line, rounds, release } = heldRounds(2, 10);
  const results = ['a', 'b', 'c', 'd'].map((work) => line.join('key', work));
  for (let round = 0; round < 3; round += 1) {
    release();
    await turn();
  }
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  expect(rounds).toEqual([['a'], ['b', 'c'], ['d']]);
});

it('lets one piece fail alone, and all of a round where the round fails', async () => {
  const alone = heldRounds(2, 10, (work) => (work === 'bad' ? { error: new Error('no') } : { result: work }));
  const [bad] = [alone.line.join('key', 'bad')];
  alone.release();
  await expect(bad).rejects.toThrow('no');
  const broken = new WriteRounds<string, string>({ roundMax: 2, waitingMax: 10, waitMsMax: 1_000 }, () => Promise.reject(new Error('broken')));
  await expect(Promise.allSettled([broken.join('key', 'a'), broken.join('key', 'b')])).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
});

it('keeps keys apart, and refuses what would wait behind too much', async () => {
  const { line, rounds, release } = heldRounds(2, 1);
  const work = [line.join('key', 'a'), line.join('other', 'x'), line.join('key', 'b')];
  expect(rounds).toEqual([['a'], ['x']]);
  await expect(line.join('key', 'c')).rejects.toMatchObject({ code: 'wiki.repository.busy', kind: 'limited' });
  for (let round = 0; round < 3; round += 1) {
    release();
    await turn();
  }
  await expect(Promise.all(work)).resolves.toEqual(['a', 'x', 'b']);
});

it('does not begin what has waited too long', async () => {
  const { line, rounds, clock, release } = heldRounds(2, 10);
  const [first, late] = [line.join('key', 'a'), line.join('key', 'b')];
  clock.now = 1_001;
  release();
  await expect(late).rejects.toMatchObject({ code: 'wiki.repository.busy' });
  expect([await first, rounds]).toEqual(['a', [['a']]]);
});
