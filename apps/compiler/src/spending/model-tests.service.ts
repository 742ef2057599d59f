import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { OutputOf, TestModels } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { ModelSettingsService } from '../model-settings/model-settings.service.js';
import { failureOf } from '../models/call-failure.js';
import type { ModelEndpoint } from '../models/model-endpoint.js';
import { MODELS_CONFIG, type ModelsConfig } from '../models/models.config.js';
import { callModel, textsOf, type TokenUsage } from '../models/structured-call.js';
import { costMicros, worstUsage } from './call-cost.js';
import { type Cap, SpendingRepository } from './spending.repository.js';

/** Enough for models that think before they say a word. */
const OUTPUT_TOKENS_MAX = 1_000;
const CALL_MS_MAX = 20_000;
const QUESTION = { instructions: 'You are asked whether you can be reached.', prompt: 'Answer with the word "yes".', schema: z.object({ word: z.string() }) };
const NOTHING: TokenUsage = { input: 0, cached: 0, output: 0 };

type Result = OutputOf<typeof TestModels>['results'][number];

/** Asks every model of an organisation for one word, all at once. What that takes is spent within the caps, as by any call. */
@Injectable()
export class ModelTestsService implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(private readonly db: TenantDb, private readonly settings: ModelSettingsService, private readonly spending: SpendingRepository, @Inject(MODELS_CONFIG) private readonly config: ModelsConfig) {}

  async test(scope: TenantScope): Promise<Result[]> {
    const { endpoints, cap } = await this.settings.effective(scope);
    return Promise.all(endpoints.map((endpoint) => this.testOne(scope, endpoint, cap)));
  }

  /** Cuts off all calls, so that the process can stop. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async testOne(scope: TenantScope, endpoint: ModelEndpoint, cap: Cap): Promise<Result> {
    const { provider, model } = endpoint;
    const since = performance.now();
    const result = (failure: string | null): Result => ({ provider, model, failure, milliseconds: Math.round(performance.now() - since) });
    if (cap.micros !== null && !endpoint.price) return result('the model has no price, so that a cap in dollars could not hold');
    const worst = worstUsage(textsOf(QUESTION), OUTPUT_TOKENS_MAX);
    const reserved = { micros: costMicros(worst, endpoint.price), tokens: worst.input + worst.output };
    const month = await this.db.run(scope, (tx) => this.spending.reserve(tx, reserved, cap));
    if (month === null) return result('the monthly cap is reached');
    const { usage, failure } = await this.call(endpoint);
    const [cost, taken] = usage ? [costMicros(usage, endpoint.price), usage] : [reserved.micros, { ...NOTHING, input: reserved.tokens }];
    await this.db.run(scope, (tx) => this.spending.settle(tx, month, reserved, cost, taken));
    return result(failure);
  }

  /** Usage that nobody knows, of a call that may be charged, is null. */
  private async call(endpoint: ModelEndpoint): Promise<{ usage: TokenUsage | null; failure: string | null }> {
    const bounds = { outputTokensMax: OUTPUT_TOKENS_MAX, timeoutMs: CALL_MS_MAX, mayBePrivate: this.config.AI_MEMORY_LLM_ALLOW_PRIVATE_URLS, stopping: this.stopping.signal };
    try {
      return { usage: (await callModel(endpoint, QUESTION, bounds)).usage, failure: null };
    } catch (error) {
      const { reason, unread, mayBeCharged } = failureOf(error, Date.now());
      return { usage: unread ? unread.usage : mayBeCharged ? null : NOTHING, failure: reason };
    }
  }
}
