import { describe, expect, it } from 'vitest';
import { readConfig } from '#libs/config';
import { ModelsConfig } from '../models/models.config.js';
import { effectiveModels } from './effective-models.js';
import type { SavedSettings } from './model-settings.repository.js';

const configOf = (env: Record<string, string> = {}): ModelsConfig => readConfig(ModelsConfig, env);
const INSTALLED = { AI_MEMORY_LLM_PROVIDER: 'anthropic', AI_MEMORY_LLM_MODEL: 'm', AI_MEMORY_LLM_API_KEY: 'k', AI_MEMORY_LLM_PRICES: '{"m":{"input":1,"output":5}}', AI_MEMORY_LLM_MONTHLY_CAP_USD: '10', AI_MEMORY_LLM_MONTHLY_CAP_TOKENS: '1000' };
const saved = (more: Partial<SavedSettings> = {}): SavedSettings => ({ isEnabled: true, isAutomatic: true, models: [], capMicros: null, capTokens: 5_000, ...more });
const own = { provider: 'openai-compat', model: 'o', baseUrl: 'https://o.example/v1', price: null, sealedKey: 'sealed' } as const;

describe('an organisation without settings', () => {
  it('has no model where the installation has none', () => {
    expect(effectiveModels(undefined, configOf(), () => null)).toMatchObject({ source: 'none', endpoints: [] });
  });

  it('has the installation\'s, in order, within its caps', () => {
    const config = configOf({ ...INSTALLED, AI_MEMORY_LLM_FALLBACKS: '[{"provider":"openai","model":"f","api_key":"fk"}]' });
    expect(effectiveModels(undefined, config, () => null)).toMatchObject({
      source: 'installation', isAutomatic: true, cap: { micros: 10_000_000, tokens: 1_000 },
      endpoints: [{ provider: 'anthropic', model: 'm', apiKey: 'k', isTrusted: true, price: { input: 1, output: 5 } }, { provider: 'openai', model: 'f', apiKey: 'fk', price: null }],
    });
  });
});

describe('an organisation with settings', () => {
  it('has its own models only, with its own keys and caps', () => {
    expect(effectiveModels(saved({ models: [own] }), configOf(INSTALLED), (sealed) => `open ${sealed}`)).toMatchObject({
      source: 'organisation', cap: { micros: null, tokens: 5_000 }, endpoints: [{ model: 'o', apiKey: 'open sealed', isTrusted: false }],
    });
  });

  it('can lower, never raise, what it may spend of the operator\'s', () => {
    expect(effectiveModels(saved({ capMicros: 99_000_000 }), configOf(INSTALLED), () => null).cap).toEqual({ micros: 10_000_000, tokens: 1_000 });
    expect(effectiveModels(saved({ capMicros: 1_000_000, capTokens: 10 }), configOf(INSTALLED), () => null).cap).toEqual({ micros: 1_000_000, tokens: 10 });
  });

  it('calls without a key, rather than with somebody else\'s, where its own can not be opened', () => {
    expect(effectiveModels(saved({ models: [own] }), configOf(INSTALLED), () => null).endpoints[0]!.apiKey).toBeNull();
  });
});
