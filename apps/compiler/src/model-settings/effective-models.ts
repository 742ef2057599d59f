import type { ModelsConfig } from '../models/models.config.js';
import type { ModelEndpoint } from '../models/model-endpoint.js';
import type { Cap } from '../spending/spending.repository.js';
import type { SavedSettings } from './model-settings.repository.js';

/** What one organisation's sessions are consolidated with. */
export interface EffectiveModels {
  readonly source: 'organisation' | 'installation' | 'none';
  readonly isEnabled: boolean;
  readonly isAutomatic: boolean;
  readonly endpoints: readonly ModelEndpoint[];
  readonly cap: Cap;
}

const MICROS = 1_000_000;

/**
 * An organisation's own models, else the installation's. Nobody can raise the cap on what the operator pays: with his models
 * the lower of both holds.
 */
export function effectiveModels(saved: SavedSettings | undefined, config: ModelsConfig, openKey: (sealed: string) => string | null): EffectiveModels {
  const theirs = installationModels(config);
  const capOfInstallation = capOf(config);
  if (!saved) return { source: theirs.length > 0 ? 'installation' : 'none', isEnabled: true, isAutomatic: config.AI_MEMORY_CONSOLIDATE_ON_SESSION_END, endpoints: theirs, cap: capOfInstallation };
  const own = saved.models.map(({ sealedKey, price, ...model }): ModelEndpoint => ({
    ...model, apiKey: sealedKey === null ? null : openKey(sealedKey), price: price ?? config.AI_MEMORY_LLM_PRICES?.[model.model] ?? null, isTrusted: false,
  }));
  const cap = { micros: saved.capMicros, tokens: saved.capTokens };
  const shared = { isEnabled: saved.isEnabled, isAutomatic: saved.isAutomatic };
  if (own.length > 0) return { source: 'organisation', ...shared, endpoints: own, cap };
  return { source: theirs.length > 0 ? 'installation' : 'none', ...shared, endpoints: theirs, cap: lower(cap, capOfInstallation) };
}

function installationModels(config: ModelsConfig): ModelEndpoint[] {
  const { AI_MEMORY_LLM_PROVIDER: provider, AI_MEMORY_LLM_MODEL: model, AI_MEMORY_LLM_PRICES: prices = {} } = config;
  if (!provider || !model) return [];
  const first = { provider, model, baseUrl: config.AI_MEMORY_LLM_BASE_URL ?? null, apiKey: config.AI_MEMORY_LLM_API_KEY ?? null };
  const fallbacks = (config.AI_MEMORY_LLM_FALLBACKS ?? []).map((each) => ({ provider: each.provider, model: each.model, baseUrl: each.base_url ?? null, apiKey: each.api_key ?? null }));
  return [first, ...fallbacks].map((each) => ({ ...each, price: prices[each.model] ?? null, isTrusted: true }));
}

function capOf({ AI_MEMORY_LLM_MONTHLY_CAP_USD: usd, AI_MEMORY_LLM_MONTHLY_CAP_TOKENS: tokens }: ModelsConfig): Cap {
  return { micros: usd === undefined ? null : Math.floor(usd * MICROS), tokens };
}

function lower(a: Cap, b: Cap): Cap {
  const micros = [a.micros, b.micros].filter((each) => each !== null);
  return { micros: micros.length > 0 ? Math.min(...micros) : null, tokens: Math.min(a.tokens, b.tokens) };
}
