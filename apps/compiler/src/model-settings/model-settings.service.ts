import { Inject, Injectable } from '@nestjs/common';
import { type AuditFacts, recordAudit } from '#libs/audit';
import { type ModelSettings, type ParsedInputOf, WriteModelSettings } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { defineFault, Fault } from '#libs/faults';
import { refuseUncallable } from '#libs/outgoing';
import { openText, sealText } from '#libs/sealing';
import type { TenantScope } from '#libs/tenancy';
import { MODELS_CONFIG, type ModelsConfig } from '../models/models.config.js';
import { type EffectiveModels, effectiveModels } from './effective-models.js';
import { ModelSettingsRepository, type SavedModel, type SavedSettings } from './model-settings.repository.js';

const UNUSABLE = defineFault('models.settings-unusable', 'invalid', 'These settings cannot be used.');
const NO_SECRET_KEY = defineFault('models.no-secret-key', 'conflict', 'Keys cannot be kept: the operator has to set AI_MEMORY_SECRET_KEY first.');
const MICROS = 1_000_000;

type Input = ParsedInputOf<typeof WriteModelSettings>;
type GivenModel = Input['models'][number];

/** Which models an organisation uses, and how much of them. Keys go in and never come out. */
@Injectable()
export class ModelSettingsService {
  constructor(private readonly db: TenantDb, private readonly settings: ModelSettingsRepository, @Inject(MODELS_CONFIG) private readonly config: ModelsConfig) {}

  async effective(scope: TenantScope): Promise<EffectiveModels> {
    const saved = await this.db.run(scope, (tx) => this.settings.find(tx));
    const secret = this.config.AI_MEMORY_SECRET_KEY;
    return effectiveModels(saved, this.config, (sealed) => (secret ? openText(secret, 'model keys', scope.organisationId, sealed) : null));
  }

  /** The installation's own models are shown by name only: where its operator calls them is nobody's business. */
  async read(scope: TenantScope): Promise<ModelSettings> {
    const { source, isEnabled, isAutomatic, endpoints, cap } = await this.effective(scope);
    const models = endpoints.map(({ provider, model, baseUrl, price, apiKey, isTrusted }) => ({ provider, model, baseUrl: isTrusted ? null : baseUrl, price, hasKey: apiKey !== null }));
    return { source, isEnabled, isAutomatic, models, monthlyCapUsd: cap.micros === null ? null : cap.micros / MICROS, monthlyCapTokens: cap.tokens };
  }

  async write(scope: TenantScope, input: Input): Promise<ModelSettings> {
    for (const model of input.models) this.refuseUnusable(model, input.monthlyCapUsd);
    await this.db.run(scope, async (tx) => {
      const before = await this.settings.find(tx);
      const settings = {
        isEnabled: input.isEnabled, isAutomatic: input.isAutomatic, models: input.models.map((model) => this.saved(scope, model, before?.models ?? [])),
        capMicros: input.monthlyCapUsd === null ? null : Math.floor(input.monthlyCapUsd * MICROS), capTokens: input.monthlyCapTokens ?? this.config.AI_MEMORY_LLM_MONTHLY_CAP_TOKENS,
      };
      await this.settings.save(tx, settings);
      await recordAudit(tx, scope, { action: 'models.changed', target: `organisation:${scope.organisationId}`, ...(before ? { before: factsOf(before) } : {}), after: factsOf(settings) });
    });
    return this.read(scope);
  }

  private refuseUnusable({ provider, model, baseUrl, price }: GivenModel, capUsd: number | null): void {
    if (provider === 'openai-compat' && !baseUrl) throw new Fault(UNUSABLE, { sentence: 'openai-compat needs a base_url.' });
    if (baseUrl && !this.config.AI_MEMORY_LLM_ALLOW_PRIVATE_URLS) refuseUncallable(baseUrl, { mayBePrivate: () => false });
    if (capUsd !== null && !price && !this.config.AI_MEMORY_LLM_PRICES?.[model]) throw new Fault(UNUSABLE, { sentence: `A cap in dollars needs a price for ${model}. Give one, or cap the tokens.` });
  }

  private saved(scope: TenantScope, { apiKey, ...model }: GivenModel, before: readonly SavedModel[]): SavedModel {
    const sealedKey = apiKey ? this.seal(scope, apiKey) : (before.find((each) => each.provider === model.provider && each.baseUrl === model.baseUrl)?.sealedKey ?? null);
    if (!sealedKey && model.provider !== 'openai-compat') throw new Fault(UNUSABLE, { sentence: `${model.provider} needs an api_key.` });
    return { ...model, sealedKey };
  }

  private seal(scope: TenantScope, apiKey: string): string {
    const secret = this.config.AI_MEMORY_SECRET_KEY;
    if (!secret) throw new Fault(NO_SECRET_KEY);
    return sealText(secret, 'model keys', scope.organisationId, apiKey);
  }
}

/** Which models, and not their keys or addresses. */
function factsOf({ isEnabled, isAutomatic, models, capMicros, capTokens }: SavedSettings): AuditFacts<'models.changed'> {
  return {
    enabled: isEnabled, automatic: isAutomatic, models: models.map(({ provider, model }) => `${provider} ${model}`),
    monthly_cap_usd: capMicros === null ? null : capMicros / MICROS, monthly_cap_tokens: capTokens,
  };
}
