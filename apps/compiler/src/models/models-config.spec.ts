import { describe, expect, it } from 'vitest';
import { readConfig } from '#libs/config';
import { ModelsConfig } from './models.config.js';

describe('settings of language models', () => {
  it('may all be missing', () => {
    expect(readConfig(ModelsConfig, {})).toMatchObject({ AI_MEMORY_LLM_MONTHLY_CAP_TOKENS: 20_000_000, AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: false, AI_MEMORY_CONSOLIDATE_ON_SESSION_END: true });
  });

  it.each<[string, Record<string, string>]>([
    ['a provider without a model', { AI_MEMORY_LLM_PROVIDER: 'openai' }],
    ['no such provider', { AI_MEMORY_LLM_PROVIDER: 'oracle', AI_MEMORY_LLM_MODEL: 'm' }],
    ['openai-compat without an address', { AI_MEMORY_LLM_PROVIDER: 'openai-compat', AI_MEMORY_LLM_MODEL: 'm' }],
    ['a cap in dollars without a price', { AI_MEMORY_LLM_PROVIDER: 'openai', AI_MEMORY_LLM_MODEL: 'm', AI_MEMORY_LLM_MONTHLY_CAP_USD: '5' }],
    ['prices that are no JSON', { AI_MEMORY_LLM_PRICES: 'cheap' }],
    ['a fallback with a misspelt key', { AI_MEMORY_LLM_FALLBACKS: '[{"provider":"openai","model":"m","apikey":"x"}]' }],
    ['a short secret key', { AI_MEMORY_SECRET_KEY: 'short' }],
  ])('are refused at start: %s', (_what, env) => {
    expect(() => readConfig(ModelsConfig, env)).toThrow();
  });
});
