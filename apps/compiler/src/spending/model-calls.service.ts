import { Inject, Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { counter, logger } from '#libs/telemetry';
import type { TenantScope } from '#libs/tenancy';
import type { EffectiveModels } from '../model-settings/effective-models.js';
import { type CallFailure, failureOf } from '../models/call-failure.js';
import { CircuitBreaker } from '../models/circuit-breaker.js';
import { identityOf, type ModelEndpoint } from '../models/model-endpoint.js';
import { MODELS_CONFIG, type ModelsConfig } from '../models/models.config.js';
import { callModel, type StructuredCall, textsOf, type TokenUsage } from '../models/structured-call.js';
import { costMicros, worstUsage } from './call-cost.js';
import { type CallOutcome, ModelCallsRepository, type OpenCall, type Step } from './model-calls.repository.js';
import { SpendingRepository } from './spending.repository.js';
import { StepFailure } from './step-failure.js';

const callsTotal = counter('model_calls_total');
const tokensTotal = counter('model_tokens_total');
const NOTHING: TokenUsage = { input: 0, cached: 0, output: 0 };
const UNCALLED = { retryAfterMs: null, mayBeCharged: false, unread: null } as const;
const UNPRICED: CallFailure = { ...UNCALLED, kind: 'never', reason: 'the model has no price, so that a cap in dollars could not hold' };
const CAP_REACHED: CallFailure = { ...UNCALLED, kind: 'never', reason: 'the monthly cap is reached' };

export interface Answered<T> {
  readonly answer: T;
  readonly model: string;
}

type Tried<T> = { answer: T } | { failure: CallFailure };

/**
 * Calls models for jobs. Before a call the most that it can cost is reserved, so that no cap is passed whatever runs at the
 * same time; after it, what it cost and what it answered are committed together, so that nothing is paid for twice.
 */
@Injectable()
export class ModelCallsService {
  private readonly circuits = new CircuitBreaker();
  private readonly stopping = new AbortController();

  constructor(
    private readonly db: TenantDb,
    private readonly calls: ModelCallsRepository,
    private readonly spending: SpendingRepository,
    @Inject(MODELS_CONFIG) private readonly config: ModelsConfig,
  ) {}

  /** The step's answer: the one that was kept, else of the first model that gives one. Throws a StepFailure. */
  async ask<T>(scope: TenantScope, models: EffectiveModels, step: Step, call: StructuredCall<T>): Promise<Answered<T>> {
    const kept = await this.db.run(scope, (tx) => this.calls.keptAnswer(tx, step));
    if (kept) return { answer: call.schema.parse(kept.answer), model: kept.model };
    const failures: CallFailure[] = [];
    for (const endpoint of models.endpoints) {
      const tried = await this.tryEndpoint(scope, models, step, call, endpoint);
      if ('answer' in tried) return { answer: tried.answer, model: endpoint.model };
      failures.push(tried.failure);
    }
    throw new StepFailure(failures);
  }

  /** For a job that was taken over: what its calls cost is unknown, so the most that they can have cost counts. */
  async settleLost(tx: TenantTx, jobId: string): Promise<void> {
    for (const open of await this.calls.openOf(tx, jobId)) await this.settle(tx, open, 'lost', null, null);
  }

  /** Cuts off all calls, so that the process can stop. */
  stop(): void {
    this.stopping.abort();
  }

  private async tryEndpoint<T>(scope: TenantScope, models: EffectiveModels, step: Step, call: StructuredCall<T>, endpoint: ModelEndpoint): Promise<Tried<T>> {
    const identity = identityOf(endpoint);
    const waitMs = this.circuits.waitMs(identity);
    if (waitMs > 0) return { failure: { ...UNCALLED, kind: 'later', reason: 'the model failed several times and is left alone for a while', retryAfterMs: waitMs } };
    const first = await this.callOnce(scope, models, step, call, endpoint);
    const tried = 'failure' in first && first.failure.unread ? await this.callOnce(scope, models, step, { ...call, mending: first.failure.unread }, endpoint) : first;
    if ('failure' in tried && tried.failure.kind === 'later') this.circuits.failed(identity);
    else this.circuits.succeeded(identity);
    return 'failure' in tried && tried.failure.unread ? { failure: { ...tried.failure, kind: 'never' } } : tried;
  }

  private async callOnce<T>(scope: TenantScope, models: EffectiveModels, step: Step, call: StructuredCall<T>, endpoint: ModelEndpoint): Promise<Tried<T>> {
    if (models.cap.micros !== null && !endpoint.price) return { failure: UNPRICED };
    const open = await this.db.run(scope, (tx) => this.reserve(tx, models, step, call, endpoint));
    if (!open) return { failure: CAP_REACHED };
    const called = await callModel(endpoint, call, this.bounds()).catch((error: unknown) => ({ error }));
    if ('error' in called) return this.failed(scope, step, endpoint, open, called.error);
    await this.db.run(scope, (tx) => this.settle(tx, open, 'answered', called.usage, endpoint, called.answer));
    return { answer: called.answer };
  }

  private async failed(scope: TenantScope, step: Step, endpoint: ModelEndpoint, open: OpenCall, error: unknown): Promise<{ failure: CallFailure }> {
    const failure = failureOf(error, Date.now());
    logger.warn({ jobId: step.jobId, step: step.step, provider: endpoint.provider, reason: failure.reason }, 'A call of a language model failed');
    const usage = failure.unread ? failure.unread.usage : failure.mayBeCharged ? null : NOTHING;
    const outcome = failure.unread ? 'unusable' : failure.mayBeCharged ? 'lost' : 'rejected';
    await this.db.run(scope, (tx) => this.settle(tx, open, outcome, usage, endpoint));
    return { failure };
  }

  private async reserve(tx: TenantTx, { cap }: EffectiveModels, step: Step, call: StructuredCall<unknown>, endpoint: ModelEndpoint): Promise<OpenCall | null> {
    const worst = worstUsage(textsOf(call), this.config.AI_MEMORY_LLM_OUTPUT_TOKENS_MAX);
    const reserved = { micros: costMicros(worst, endpoint.price), tokens: worst.input + worst.output };
    const month = await this.spending.reserve(tx, reserved, cap);
    return month === null ? null : this.calls.open(tx, step, endpoint, month, reserved);
  }

  /** Usage that nobody knows is the reserved one. A second settling does nothing. */
  private async settle(tx: TenantTx, open: OpenCall, outcome: CallOutcome, known: TokenUsage | null, endpoint: ModelEndpoint | null, answer?: unknown): Promise<void> {
    const usage = known ?? { ...NOTHING, input: open.reserved.tokens };
    const cost = known ? costMicros(known, endpoint?.price ?? null) : open.reserved.micros;
    if (!(await this.calls.close(tx, open.callId, outcome, cost, usage, answer))) return;
    await this.spending.settle(tx, open.month, open.reserved, cost, usage);
    tx.afterCommit(() => {
      callsTotal.add(1, { provider: endpoint?.provider ?? 'unknown', outcome });
      tokensTotal.add(usage.input, { direction: 'in' });
      tokensTotal.add(usage.output, { direction: 'out' });
    });
  }

  private bounds() {
    const { AI_MEMORY_LLM_OUTPUT_TOKENS_MAX: outputTokensMax, AI_MEMORY_LLM_TIMEOUT_SECONDS: seconds, AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: mayBePrivate } = this.config;
    return { outputTokensMax, timeoutMs: seconds * 1_000, mayBePrivate, stopping: this.stopping.signal };
  }
}
