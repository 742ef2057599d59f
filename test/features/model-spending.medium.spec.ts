import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '#libs/config';
import { readableProjects, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, eventually, scopeForTest, type TestDatabase } from '#libs/testing';
import { ConsolidationJobsRepository } from '../../apps/compiler/src/consolidation/consolidation-jobs.repository.js';
import type { EffectiveModels } from '../../apps/compiler/src/model-settings/effective-models.js';
import { ModelSettingsRepository } from '../../apps/compiler/src/model-settings/model-settings.repository.js';
import { ModelSettingsService } from '../../apps/compiler/src/model-settings/model-settings.service.js';
import { ModelsConfig } from '../../apps/compiler/src/models/models.config.js';
import { ModelCallsJob } from '../../apps/compiler/src/spending/model-calls.job.js';
import { ModelCallsRepository } from '../../apps/compiler/src/spending/model-calls.repository.js';
import { ModelCallsService } from '../../apps/compiler/src/spending/model-calls.service.js';
import { ModelTestsService } from '../../apps/compiler/src/spending/model-tests.service.js';
import { SpendingRepository } from '../../apps/compiler/src/spending/spending.repository.js';

const OUTPUT_TOKENS_MAX = 300;
const PRICE = { input: 3, output: 15 };
/** What the calls below reserve: two thousand tokens of framing and a few hundred bytes, and the answer. */
const CALL_MICROS_MAX = 12_000;
const Answer = z.object({ word: z.string() });

interface Booked {
  cost: number;
  reserved: number;
  tokens: number;
  reservedTokens: number;
}

let database: TestDatabase;
let model: Server;
let baseUrl: string;
/** What the model does next; each call takes one. */
let behaviours: readonly ('answers' | 'fails' | 'mumbles' | 'hangs up')[] = [];
let share = 1;
let calls = 0;
let onCall: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  database = await createTestDatabase(20);
  model = createServer((request, response) => {
    request.resume().on('end', async () => {
      const behaviour = behaviours[calls++ % behaviours.length]!;
      await onCall();
      if (behaviour === 'hangs up') return response.destroy();
      if (behaviour === 'fails') return response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
      const usage = { prompt_tokens: Math.floor(2_000 * share), completion_tokens: Math.floor(OUTPUT_TOKENS_MAX * share) };
      const content = behaviour === 'answers' ? '{"word":"yes"}' : '{';
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'x', created: 0, model: 'm', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }], usage }));
    });
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  model.close();
  await database.drop();
});

/** A worker, as each process has one. */
function worker(): ModelCallsService {
  const config = readConfig(ModelsConfig, { AI_MEMORY_LLM_OUTPUT_TOKENS_MAX: String(OUTPUT_TOKENS_MAX) });
  return new ModelCallsService(database.db, new ModelCallsRepository(), new SpendingRepository(), config);
}

async function newJob(scope: TenantScope): Promise<string> {
  const jobs = new ConsolidationJobsRepository();
  return database.db.run(scope, async (tx) => {
    const sessionId = randomUUID();
    await jobs.want(tx, { sessionId, projectId: randomUUID(), generation: 9 }, 0);
    return (await jobs.list(tx, readableProjects(scope), sessionId, 1))[0]!.jobId;
  });
}

function modelsWithin(micros: number | null, tokens: number): EffectiveModels {
  return { source: 'organisation', isEnabled: true, isAutomatic: true, endpoints: [{ provider: 'openai-compat', model: 'm', baseUrl, apiKey: null, price: PRICE, isTrusted: true }], cap: { micros, tokens } };
}

async function bookedOf(scope: TenantScope): Promise<Booked> {
  const [row] = await database.inspect<Booked>(
    `SELECT coalesce(sum(cost_micros), 0)::float8 AS cost, coalesce(sum(reserved_micros), 0)::float8 AS reserved, coalesce(sum(input_tokens + output_tokens), 0)::float8 AS tokens,
       coalesce(sum(reserved_tokens), 0)::float8 AS "reservedTokens" FROM memory.spending WHERE organisation_id = $1`, [scope.organisationId]);
  return row!;
}

describe('what an organisation spends', () => {
  it('never passes its caps, whatever workers do at the same time and however models answer', async () => {
    const runs = fc.record({
      micros: fc.option(fc.integer({ min: 0, max: 8 * CALL_MICROS_MAX }), { nil: null }),
      tokens: fc.integer({ min: 0, max: 30_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      behaviours: fc.array(fc.constantFrom('answers', 'fails', 'mumbles', 'hangs up'), { minLength: 1, maxLength: 6 }),
      workers: fc.integer({ min: 1, max: 4 }),
      steps: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(fc.asyncProperty(runs, async (run) => {
      const scope = scopeForTest();
      [behaviours, share, calls] = [run.behaviours, run.share, 0];
      const expectWithin = async (): Promise<void> => {
        const { cost, reserved, tokens, reservedTokens } = await bookedOf(scope);
        if (run.micros !== null) expect(cost + reserved).toBeLessThanOrEqual(run.micros);
        expect(tokens + reservedTokens).toBeLessThanOrEqual(run.tokens);
      };
      onCall = expectWithin;
      const jobId = await newJob(scope);
      const workers = Array.from({ length: run.workers }, worker);
      const ask = (index: number): Promise<unknown> => workers[index % workers.length]!.ask(scope, modelsWithin(run.micros, run.tokens), { jobId, generation: 9, step: `step ${index}` }, { instructions: 'Say yes.', prompt: 'Yes?', schema: Answer });
      await Promise.allSettled(Array.from({ length: run.steps }, (_, index) => ask(index)));
      await expectWithin();
      const booked = await bookedOf(scope);
      expect([booked.reserved, booked.reservedTokens]).toEqual([0, 0]);
      const [sum] = await database.inspect<{ cost: number; calls: number }>('SELECT coalesce(sum(cost_micros), 0)::float8 AS cost, count(*)::int AS calls FROM memory.model_calls WHERE organisation_id = $1', [scope.organisationId]);
      expect(sum).toEqual({ cost: booked.cost, calls });
    }), { numRuns: 40, endOnFailure: true });
  });

  it('is spent up to the cap: what fits is called', async () => {
    const scope = scopeForTest();
    [behaviours, share, calls, onCall] = [['answers'], 1, 0, async () => undefined];
    const jobId = await newJob(scope);
    const ask = (step: string): Promise<unknown> => worker().ask(scope, modelsWithin(CALL_MICROS_MAX + 10_500, 1e9), { jobId, generation: 9, step }, { instructions: 'Say yes.', prompt: 'Yes?', schema: Answer });
    await ask('first');
    await ask('second');
    await expect(ask('third')).rejects.toMatchObject({ kind: 'never', reason: 'the monthly cap is reached' });
    expect(calls).toBe(2);
  });

  it('is nothing where a cap in dollars could not hold, since the model has no price', async () => {
    const scope = scopeForTest();
    [behaviours, share, calls, onCall] = [['answers'], 1, 0, async () => undefined];
    const models = modelsWithin(1e9, 1e9);
    const unpriced = { ...models, endpoints: models.endpoints.map((endpoint) => ({ ...endpoint, price: null })) };
    const step = { jobId: await newJob(scope), generation: 9, step: 'unpriced' };
    await expect(worker().ask(scope, unpriced, step, { instructions: 'Say yes.', prompt: 'Yes?', schema: Answer })).rejects.toMatchObject({ kind: 'never' });
    expect(calls).toBe(0);
  });

  it('is not spent again on what was answered', async () => {
    const scope = scopeForTest();
    [behaviours, share, calls, onCall] = [['answers'], 1, 0, async () => undefined];
    const step = { jobId: await newJob(scope), generation: 9, step: 'once' };
    const ask = (): Promise<unknown> => worker().ask(scope, modelsWithin(null, 1e9), step, { instructions: 'Say yes.', prompt: 'Yes?', schema: Answer });
    expect(await ask()).toEqual({ answer: { word: 'yes' }, model: 'm' });
    expect(await ask()).toEqual({ answer: { word: 'yes' }, model: 'm' });
    expect(calls).toBe(1);
  });

  it('counts a call whose worker is gone at the most that it can have cost, once', async () => {
    const scope = scopeForTest();
    const jobId = await newJob(scope);
    let hangUp = (): void => undefined;
    [behaviours, share, calls, onCall] = [['answers'], 1, 0, () => new Promise<void>((resolve) => (hangUp = resolve))];
    const called = worker().ask(scope, modelsWithin(null, 1e9), { jobId, generation: 9, step: 'lost' }, { instructions: 'Say yes.', prompt: 'Yes?', schema: Answer });
    await eventually(() => expect(calls).toBe(1));
    const { reserved } = await bookedOf(scope);
    expect(reserved).toBeGreaterThan(0);
    await database.db.run(scope, (tx) => worker().settleLost(tx, jobId));
    expect(await bookedOf(scope)).toMatchObject({ cost: reserved, reserved: 0 });
    hangUp();
    await called;
    expect(await bookedOf(scope)).toMatchObject({ cost: reserved, reserved: 0, reservedTokens: 0 });
  });
});

describe('a test of the models', () => {
  const test = (scope: TenantScope, micros: string) => {
    const config = readConfig(ModelsConfig, {
      AI_MEMORY_LLM_PROVIDER: 'openai-compat', AI_MEMORY_LLM_MODEL: 'm', AI_MEMORY_LLM_BASE_URL: baseUrl, AI_MEMORY_LLM_PRICES: JSON.stringify({ m: PRICE }), AI_MEMORY_LLM_MONTHLY_CAP_USD: micros,
    });
    return new ModelTestsService(database.db, new ModelSettingsService(database.db, new ModelSettingsRepository(), config), new SpendingRepository(), config).test(scope);
  };

  it.each([['answers', null], ['fails', 'HTTP 500'], ['mumbles', 'the answer has not the asked shape'], ['hangs up', 'the connection broke, or the answer was no JSON']] as const)('says of a model that %s: %j, and leaves nothing reserved', async (behaviour, failure) => {
    const scope = scopeForTest();
    [behaviours, share, calls, onCall] = [[behaviour], 1, 0, async () => undefined];
    expect(await test(scope, '1')).toEqual([{ provider: 'openai-compat', model: 'm', failure, milliseconds: expect.any(Number) }]);
    expect(await bookedOf(scope)).toMatchObject({ cost: behaviour === 'fails' ? 0 : expect.any(Number), reserved: 0, reservedTokens: 0 });
  });

  it('calls nobody beyond the cap', async () => {
    calls = 0;
    expect(await test(scopeForTest(), '0.0001')).toMatchObject([{ failure: 'the monthly cap is reached' }]);
    expect(calls).toBe(0);
  });
});

describe('what is kept of a call', () => {
  const monthsAgo = (months: number): string => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)).toISOString().slice(0, 10);
  };

  it('goes after thirteen months, of every organisation, unless the call is still open; the sum of its month stays', async () => {
    const [repository, spending] = [new ModelCallsRepository(), new SpendingRepository()];
    const scopes = [scopeForTest(), scopeForTest()];
    for (const scope of scopes) {
      const jobId = await newJob(scope);
      for (const [months, isSettled] of [[0, true], [13, true], [14, true], [40, true], [14, false]] as const) {
        await database.db.run(scope, async (tx) => {
          const step = { jobId, generation: 9, step: `${months} ${isSettled ? 'settled' : 'open'}` };
          const { callId } = await repository.open(tx, step, { provider: 'openai-compat', model: 'm', baseUrl, apiKey: null, price: PRICE, isTrusted: true }, monthsAgo(months), { micros: 1, tokens: 1 });
          if (isSettled) await repository.close(tx, callId, 'answered', 1, { input: 1, cached: 0, output: 1 }, undefined);
          await tx.query('INSERT INTO memory.spending (organisation_id, month, calls) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING', [tx.organisationId, monthsAgo(months)]);
        });
      }
    }
    await new ModelCallsJob(database.db, repository).run();
    for (const scope of scopes) {
      const left = await database.inspect<{ step: string }>('SELECT step FROM memory.model_calls WHERE organisation_id = $1 ORDER BY step', [scope.organisationId]);
      expect(left.map(({ step }) => step)).toEqual(['0 settled', '13 settled', '14 open']);
      expect(await database.db.run(scope, (tx) => spending.months(tx, 36))).toHaveLength(4);
    }
  });
});
