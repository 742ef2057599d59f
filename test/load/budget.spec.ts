import { describe, expect, it } from 'vitest';
import { overBudget } from './budget.js';

const BUDGET = { standalone: { single: 2, batches: 0.5 }, services: { single: 3 } };

describe('overBudget', () => {
  it.each([
    ['as it was', { standalone: { single: 2, batches: 0.5 } }, []],
    ['a fifth more', { standalone: { single: 2.4 } }, []],
    ['more than that', { standalone: { single: 2.5 }, services: { single: 3 } }, ['standalone, single: 2.50 CPU-seconds for 1,000 events, 25 % over the budget of 2']],
    ['less', { services: { single: 1 } }, []],
    ['what has no budget', { services: { batches: 9 }, elsewhere: { single: 9 } }, []],
  ])('%s', (_name, measured, expected) => {
    expect(overBudget(BUDGET, measured as unknown as typeof BUDGET)).toEqual(expected);
  });
});
