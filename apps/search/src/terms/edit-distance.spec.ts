import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.js';

it.each([
  ['connect', 'connect', 0],
  ['conect', 'connect', 1],
  ['connnect', 'connect', 1],
  ['comnect', 'connect', 1],
  ['conenct', 'connect', 1],
  ['ocnenct', 'connect', 2],
  ['walrus', 'walnut', 2],
  ['lease', 'outbox', 3],
  ['a', 'abcd', 3],
  ['', 'ab', 2],
])('from %j to %j takes %d steps, or more than two', (one, other, steps) => {
  expect(editDistance(one, other, 2)).toBe(steps);
  expect(editDistance(other, one, 2)).toBe(steps);
});
