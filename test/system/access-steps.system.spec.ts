import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP } from '../access/steps.js';
import { AccessWorld } from './access-world.js';

const STEPS = Number(process.env.ACCESS_TEST_STEPS ?? 300);
const SEED = Number(process.env.ACCESS_TEST_SEED ?? Date.now() % 2 ** 31);

describe('three organisations', () => {
  it(`do as their models say and meet no word that is not theirs to read, for ${STEPS} steps (ACCESS_TEST_SEED=${SEED})`, async () => {
    const world = new AccessWorld();
    await world.begin('standalone');
    for (const [index, step] of fc.sample(STEP, { numRuns: STEPS, seed: SEED }).entries()) {
      const { asked, answer, expected, content } = await world.take(step);
      const where = `step ${index} of seed ${SEED}, ${JSON.stringify(step)}: ${asked} → ${answer.status} ${answer.text.slice(0, 2_000)}`;
      expect([answer.status, ...(expected[1] ? [content] : [])], where).toEqual(expected);
      expect(world.forbidden(step).filter((canary) => answer.text.includes(canary) && !asked.includes(canary)), where).toEqual([]);
    }
    world.end();
  }, 60_000 + STEPS * 1_000);
});
