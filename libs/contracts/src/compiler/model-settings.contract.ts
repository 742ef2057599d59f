import { z } from 'zod';
import { request } from '../define.js';

/** `openai-compat` is any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, LM Studio, OpenRouter. */
export const ModelProvider = z.enum(['anthropic', 'openai', 'gemini', 'openai-compat']);
export type ModelProvider = z.infer<typeof ModelProvider>;

/** US dollars per million tokens. Cached input costs as other input unless told. */
export const ModelPrice = z.strictObject({
  input: z.number().min(0).max(10_000),
  cachedInput: z.number().min(0).max(10_000).optional(),
  output: z.number().min(0).max(10_000),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

const Model = z.object({
  provider: ModelProvider,
  model: z.string().min(1).max(200),
  /** The provider's own address where null. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500).nullable().default(null),
  /** Null: calls are counted in tokens only. */
  price: ModelPrice.nullable().default(null),
});

export const ModelSettings = z.object({
  /** Whose models are used: the organisation's own, the installation's, or none. */
  source: z.enum(['organisation', 'installation', 'none']),
  isEnabled: z.boolean(),
  /** Consolidates every session that ends; otherwise only those that somebody asks for. */
  isAutomatic: z.boolean(),
  /** In the order in which they are tried. */
  models: z.array(Model.extend({ hasKey: z.boolean() })),
  monthlyCapUsd: z.number().nullable(),
  monthlyCapTokens: z.number().int(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;

/** Which models an organisation's sessions are consolidated with. Keys are never read back. */
export const ReadModelSettings = request('compiler.read-model-settings.v1', {
  permission: 'admin:settings',
  input: z.object({}),
  output: z.object({ settings: ModelSettings }),
  timeoutMs: 2_000,
});

/**
 * Replaces an organisation's settings. Without models it has the installation's. A model without a key keeps the one that
 * was saved for the same provider and base URL. Fails with `invalid` for an address that may not be called, and for a cap in
 * dollars beside a model without a price.
 */
export const WriteModelSettings = request('compiler.write-model-settings.v1', {
  permission: 'admin:settings',
  input: z.object({
    isEnabled: z.boolean().default(true),
    isAutomatic: z.boolean().default(true),
    models: z.array(Model.extend({ apiKey: z.string().min(1).max(4_096).optional() })).max(4).default([]),
    monthlyCapUsd: z.number().min(0).max(1_000_000).nullable().default(null),
    monthlyCapTokens: z.number().int().min(0).max(1e12).optional(),
  }),
  output: z.object({ settings: ModelSettings }),
  isChange: true,
  timeoutMs: 5_000,
});

/** Asks each of the organisation's models for one word: whether its address, key and name are right. Spends what that takes. */
export const TestModels = request('compiler.test-models.v1', {
  permission: 'admin:settings',
  input: z.object({}),
  output: z.object({
    results: z.array(z.object({
      provider: ModelProvider,
      model: z.string(),
      /** Null: it answered. For people; holds nothing of a key. */
      failure: z.string().nullable(),
      milliseconds: z.number().int(),
    })),
  }),
  isChange: true,
  timeoutMs: 25_000,
});
