import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { KINDS, requests } from '../fuzz/kinds.js';
import { ResidentMemory } from '../fuzz/resident-memory.js';
import { type Hit, shoot, shootBytes, type Shot } from '../fuzz/shot.js';
import { newWorld, type World } from '../fuzz/world.js';
import { productOf } from './client.js';
import { type ProductAddress, servicePids, TOPOLOGIES } from './product.js';
import { regrettedLines } from './regretted-lines.js';

/** Of all kinds together, at each topology. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 600);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const OF_A_KIND = Math.ceil(INPUTS / (Object.keys(KINDS).length + 1));
/** What a process may take more at the end than at first: in a long run caches fill up to their bounds. */
const GROWTH_MAX_BYTES = (INPUTS > 600 ? 1_024 : 256) * 2 ** 20;
const LIMIT_MS = 60_000 + INPUTS * 100;
const STACK = /\n\s+at \S+ \(|node_modules\//;

describe.each(TOPOLOGIES)(`wild input, %s, seed ${SEED}`, (topology) => {
  const product = productOf(topology);
  const pids = pidsOf(product);
  const logStart = statSync(product.logPath).size;
  let world: World;
  let memory: ResidentMemory;

  beforeAll(async () => {
    world = await newWorld(topology);
    memory = new ResidentMemory(pids, GROWTH_MAX_BYTES);
  });

  describe.concurrent('is answered, and never as if the server were at fault', () => {
    it.each(Object.keys(KINDS))('%s', async (kind) => {
      const counts: Record<number, number> = {};
      await fc.assert(fc.asyncProperty(KINDS[kind]!(world), async (shot) => {
        const hit = await shoot(world.url, shot);
        counts[hit.status] = (counts[hit.status] ?? 0) + 1;
        judge(shot, hit);
      }), { numRuns: OF_A_KIND, seed: SEED });
      if (process.env.FUZZ_INPUTS) console.log(kind, counts);
      // Input that gets no further than the door shows nothing.
      expect(Object.keys(counts).filter((status) => !['401', '403', '429'].includes(status))).not.toEqual([]);
    }, LIMIT_MS);

    it('requests by bytes', async () => {
      await fc.assert(fc.asyncProperty(requests(world), async (bytes) => void expect(await shootBytes(world.url, bytes)).not.toMatch(/^HTTP\/1\.1 5(?!03)/)), { numRuns: OF_A_KIND, seed: SEED });
    }, LIMIT_MS);
  });

  it('leaves the processes alive, no larger than their bounds, with nothing to regret in their log', async () => {
    expect(pidsOf(product)).toEqual(pids);
    const status = await shoot(world.url, { method: 'GET', path: '/api/v1/status', headers: { authorization: `Bearer ${world.token}` } });
    expect(status.status).toBe(200);
    expect(memory.grown()).toEqual([]);
    await eventually(() => expect(regrettedLines(product.logPath, logStart)).toEqual([]));
  });
});

/** Too much at once may be refused with when to come again; anything else that a server has to be sorry for may not. */
function judge(shot: Shot, { status, headers, text }: Hit): void {
  const isBusy = status === 503 && headers['retry-after'] !== undefined;
  expect(status < 500 || isBusy, `${shot.method} ${shot.path}: ${status} ${text.slice(0, 500)}`).toBe(true);
  if (status >= 400) expect(text).not.toMatch(STACK);
}

function pidsOf({ topology, dataDir }: ProductAddress): Record<string, number> {
  const { pid } = JSON.parse(readFileSync(join(dataDir, 'instance.lock'), 'utf8')) as { pid: number };
  return { launcher: pid, ...(topology === 'services' ? servicePids(dataDir) : {}) };
}
