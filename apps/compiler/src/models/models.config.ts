import { z } from 'zod';
import { Flag } from '#libs/config';
import { ModelPrice, ModelProvider } from '#libs/contracts';
import { SealingConfig } from '#libs/sealing';

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const Fallback = z.strictObject({ provider: ModelProvider, model: z.string().min(1), base_url: z.url().optional(), api_key: z.string().optional() });

interface Given {
  AI_MEMORY_LLM_PROVIDER?: ModelProvider | undefined;
  AI_MEMORY_LLM_MODEL?: string | undefined;
  AI_MEMORY_LLM_BASE_URL?: string | undefined;
  AI_MEMORY_LLM_FALLBACKS?: z.output<typeof Fallback>[] | undefined;
  AI_MEMORY_LLM_PRICES?: Record<string, ModelPrice> | undefined;
  AI_MEMORY_LLM_MONTHLY_CAP_USD?: number | undefined;
}

/** The installation's models, for organisations that have none of their own; and bounds for everybody. */
export const ModelsConfig = z.object({
  AI_MEMORY_LLM_PROVIDER: ModelProvider.optional().describe('`anthropic`, `openai`, `gemini` or `openai-compat` (Ollama, vLLM, LM Studio, OpenRouter); unset: no language model.'),
  AI_MEMORY_LLM_MODEL: z.string().optional().describe('The model, as its provider names it.'),
  AI_MEMORY_LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional().describe('Where the provider is called; required for `openai-compat`.'),
  AI_MEMORY_LLM_API_KEY: z.string().optional().describe('The key for that provider.'),
  AI_MEMORY_LLM_FALLBACKS: Json.pipe(z.array(Fallback).max(3)).optional().describe('JSON list of {provider, model, base_url, api_key}, tried in order after the model above.'),
  AI_MEMORY_LLM_PRICES: Json.pipe(z.record(z.string(), ModelPrice)).optional().describe('JSON object of prices by model in US dollars per million tokens: {"some-model": {"input": 1, "cachedInput": 0.1, "output": 5}}.'),
  AI_MEMORY_LLM_MONTHLY_CAP_USD: z.coerce.number().min(0).optional().describe('What an organisation without settings of its own may spend a month on the installation\'s models; needs their prices.'),
  AI_MEMORY_LLM_MONTHLY_CAP_TOKENS: z.coerce.number().int().min(0).default(20_000_000).describe('What an organisation may use a month, in tokens, unless it sets its own.'),
  AI_MEMORY_LLM_TIMEOUT_SECONDS: z.coerce.number().min(1).max(900).default(300).describe('One call\'s bound, in seconds.'),
  AI_MEMORY_LLM_INPUT_TOKENS_MAX: z.coerce.number().int().min(2_000).max(1_000_000).default(60_000).describe('Tokens of a session that one call is given, estimated; longer sessions are read in parts.'),
  AI_MEMORY_LLM_OUTPUT_TOKENS_MAX: z.coerce.number().int().min(256).max(64_000).default(8_000).describe('Tokens that one call may answer with.'),
  AI_MEMORY_LLM_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4).describe('Sessions that one process consolidates at a time; one organisation gets at most half of them.'),
  AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: Flag.default(false).describe('`1` lets organisations name endpoints in private networks, and without TLS.'),
  AI_MEMORY_CONSOLIDATE_ON_SESSION_END: Flag.default(true).describe('`0`: sessions are consolidated with the installation\'s models only when somebody asks.'),
  ...SealingConfig.shape,
}).superRefine(refuseHalves);
export type ModelsConfig = z.output<typeof ModelsConfig>;

/** A provider that could never be called, or a cap that could never hold, is told at start. */
function refuseHalves(config: Given, context: z.core.$RefinementCtx): void {
  const refuse = (name: string, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
  const { AI_MEMORY_LLM_PROVIDER: provider, AI_MEMORY_LLM_MODEL: model, AI_MEMORY_LLM_FALLBACKS: fallbacks = [], AI_MEMORY_LLM_PRICES: prices = {} } = config;
  if (provider && !model) refuse('AI_MEMORY_LLM_MODEL', 'is needed beside AI_MEMORY_LLM_PROVIDER');
  if (provider === 'openai-compat' && !config.AI_MEMORY_LLM_BASE_URL) refuse('AI_MEMORY_LLM_BASE_URL', 'is needed for openai-compat');
  if (fallbacks.some((each) => each.provider === 'openai-compat' && !each.base_url)) refuse('AI_MEMORY_LLM_FALLBACKS', 'base_url is needed for openai-compat');
  const unpriced = [...(model ? [model] : []), ...fallbacks.map((each) => each.model)].find((each) => !prices[each]);
  if (config.AI_MEMORY_LLM_MONTHLY_CAP_USD !== undefined && unpriced) refuse('AI_MEMORY_LLM_MONTHLY_CAP_USD', `AI_MEMORY_LLM_PRICES has no price for ${unpriced}`);
}

/** Injection token of the parsed section. */
export const MODELS_CONFIG = Symbol('ModelsConfig');
