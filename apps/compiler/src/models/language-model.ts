import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { ModelProvider } from '#libs/contracts';
import { outgoingFetch } from '#libs/outgoing';
import type { ModelEndpoint } from './model-endpoint.js';

/** Given to the SDK always: left to itself it reads addresses from the environment, where somebody else's may stand. */
const BASE_URLS: Readonly<Record<Exclude<ModelProvider, 'openai-compat'>, string>> = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com/v1beta',
};

(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;

/** The endpoint as the SDK calls it. A missing key is sent as an empty one, never filled in from the environment. */
export function languageModelOf({ provider, model, baseUrl, apiKey, isTrusted }: ModelEndpoint, mayBePrivate: boolean): LanguageModel {
  const fetch = outgoingFetch({ mayBePrivate: () => isTrusted || mayBePrivate });
  if (provider === 'openai-compat') {
    return createOpenAICompatible({ name: provider, baseURL: baseUrl ?? '', fetch, supportsStructuredOutputs: true, ...(apiKey ? { apiKey } : {}) })(model);
  }
  const settings = { apiKey: apiKey ?? '', baseURL: baseUrl ?? BASE_URLS[provider], fetch };
  if (provider === 'anthropic') return createAnthropic(settings)(model);
  return provider === 'openai' ? createOpenAI(settings)(model) : createGoogle(settings)(model);
}
