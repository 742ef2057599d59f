import { describe, expect, it } from 'vitest';
import { Fault, UNAVAILABLE } from '#libs/faults';
import { JoinedWork } from './joined-work.js';

/** Work that ends when it is told to; what it was given. */
function heldWork(weightMax = 10, atOnce = 1) {
  const runs: string[][] = [];
  const held: (() => void)[] = [];
  const joined = new JoinedWork<string, string>(weightMax, async (inputs) => {
    runs.push([...inputs]);
    await new Promise<void>((resolve) => held.push(resolve));
    if (inputs.includes('bad')) throw new Error('bad');
    if (inputs.includes('away')) throw new Fault(UNAVAILABLE);
    return inputs.map((input) => input.toUpperCase());
  }, atOnce);
  return { joined, runs, release: () => held.shift()!() };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('JoinedWork', () => {
  it('begins at once, does together what comes meanwhile, and gives each its own answer', async () => {
    const { joined, runs, release } = heldWork();
    const answers = ['a', 'b', 'c'].map((input) => joined.run('key', input));
    release();
    await settled();
    expect(runs).toEqual([['a'], ['b', 'c']]);
    release();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C']);
  });

  it('takes no more together than the weight allows, and what is too heavy alone', async () => {
    const { joined, runs, release } = heldWork(3);
    const answers = [joined.run('key', 'a'), joined.run('key', 'b', 2), joined.run('key', 'c', 2), joined.run('key', 'd', 9)];
    for (let run = 0; run < 4; run += 1) {
      release();
      await settled();
    }
    await Promise.all(answers);
    expect(runs).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  it('lets no key wait for another', async () => {
    const { joined, runs } = heldWork();
    void joined.run('one', 'a');
    void joined.run('other', 'b');
    await settled();
    expect(runs).toEqual([['a'], ['b']]);
  });

  it('has several runs of a key under way where that is asked for', async () => {
    const { joined, runs, release } = heldWork(10, 2);
    const answers = ['a', 'b', 'c', 'd'].map((input) => joined.run('key', input));
    release();
    await settled();
    expect(runs).toEqual([['a'], ['b'], ['c', 'd']]);
    release();
    release();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('tells all at once where the database is away', async () => {
    const { joined, runs, release } = heldWork();
    const outcomes = Promise.allSettled(['a', 'b', 'away', 'c'].map((input) => joined.run('key', input)));
    release();
    await settled();
    release();
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(runs).toEqual([['a'], ['b', 'away', 'c']]);
  });

  it('does each by itself where several together fail, so that only what is bad fails', async () => {
    const { joined, runs, release } = heldWork();
    const answers = ['a', 'b', 'bad', 'c'].map((input) => joined.run('key', input));
    const outcomes = Promise.allSettled(answers);
    for (let run = 0; run < 5; run += 1) {
      release();
      await settled();
    }
    expect((await outcomes).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual(['A', 'B', 'failed', 'C']);
    expect(runs).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
  });
});
