import { expect, it } from 'vitest';
import { isFull, planMerge } from './merge-plan.js';

const segments = (...documents: number[]) => documents.map((each) => ({ documents: each, bytes: 100 * each, removed: 0 }));
const gone = (documents: number, removed: number) => ({ documents, bytes: 1, removed });

it.each([
  ['nothing of few', segments(9, 1, 1, 1, 1, 1, 1), null],
  ['eight neighbours of a size', segments(70, 1, 1, 1, 1, 1, 1, 1, 1), { from: 1, to: 9 }],
  ['small ones before large ones', segments(100, 100, 100, 100, 100, 100, 100, 100, 1, 1, 1, 1, 1, 1, 1, 1), { from: 8, to: 16 }],
  ['small ones between larger ones with them', segments(8, 1, 8, 1, 8, 1, 8, 1), { from: 0, to: 8 }],
  ['no more than a segment may hold', segments(50_000, 50_000, 50_000, 50_000, 50_000, 50_000, 50_000, 50_000), { from: 0, to: 2 }],
  ['none that is full', segments(70_000, 70_000, 70_000, 70_000, 70_000, 70_000, 70_000, 70_000), null],
  ['a small one of which anything has gone', [gone(300, 0), gone(256, 1)], { from: 1, to: 2 }],
  ['a larger one only once an eighth has gone', [gone(800, 100), gone(800, 101)], { from: 1, to: 2 }],
])('merges %s', (_what, each, expected) => {
  expect(planMerge(each)).toEqual(expected);
});

it('keeps segments few, and ends, whatever sizes are written', () => {
  let all = segments();
  for (let round = 0; round < 3_000; round += 1) {
    all = [...all, ...segments(1 + ((round * 7_919) % 1_500))];
    for (let plan = planMerge(all); plan; plan = planMerge(all)) all = [...all.slice(0, plan.from), ...segments(all.slice(plan.from, plan.to).reduce((sum, { documents }) => sum + documents, 0)), ...all.slice(plan.to)];
  }
  expect(all.filter((each) => !isFull(each)).length).toBeLessThan(8 * (1 + all.filter(isFull).length));
});
