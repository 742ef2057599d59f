import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '#libs/bus';
import { ModelProvider, ModelSettings, ReadModelSettings, TestModels, WriteModelSettings } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Dollars = z.number().min(0).max(10_000);
const Price = z.strictObject({ input: Dollars, cached_input: Dollars.optional(), output: Dollars }).describe('US dollars per million tokens.');

const Model = {
  provider: ModelProvider,
  model: z.string().min(1).max(200),
  base_url: z.url({ protocol: /^https?$/ }).max(500).nullable().default(null).describe('The provider\'s own address where null; needed for `openai-compat`.'),
  price: Price.nullable().default(null).describe('Null: calls are counted in tokens only.'),
};

const SettingsView = z.object({
  source: z.enum(['organisation', 'installation', 'none']).describe('Whose models are used.'),
  enabled: z.boolean(),
  automatic: z.boolean(),
  models: z.array(z.object({ ...Model, has_key: z.boolean() })),
  monthly_cap_usd: z.number().nullable(),
  monthly_cap_tokens: z.int(),
});

const ReadSettings = route({ method: 'GET', path: '/model-settings', summary: 'The language models that sessions are consolidated with, without their keys. For owners and admins.', response: z.object({ settings: SettingsView }) });

const WriteSettings = route({
  method: 'PUT',
  path: '/model-settings',
  summary: 'Sets the language models and what they may cost a month. For owners and admins. Without models the installation\'s are used.',
  body: z.strictObject({
    enabled: z.boolean().default(true),
    automatic: z.boolean().default(true).describe('Consolidates every session that ends.'),
    models: z.array(z.strictObject({ ...Model, api_key: z.string().min(1).max(4_096).optional().describe('Kept sealed and never shown; left out, the one saved for the same provider and base_url stays.') })).max(4).default([])
      .describe('In the order in which they are tried.'),
    monthly_cap_usd: z.number().min(0).max(1_000_000).nullable().default(null).describe('Needs a price for every model.'),
    monthly_cap_tokens: z.int().min(0).max(1e12).optional(),
  }),
  response: z.object({ settings: SettingsView }),
});

const TestSettings = route({
  method: 'POST',
  path: '/model-settings/test',
  summary: 'Asks each of the models that are in use for one word, within 20 seconds, and says which answered. Takes some tokens of the month. For owners and admins.',
  response: z.object({
    results: z.array(z.object({ provider: ModelProvider, model: z.string(), ok: z.boolean(), failure: z.string().nullable().describe('What went wrong; null where it answered.'), milliseconds: z.int() })).describe('In the order in which they are tried.'),
  }),
});

@Controller()
export class ModelSettingsController {
  constructor(private readonly bus: Bus) {}

  @Requires('admin:settings')
  @Route(ReadSettings)
  async readModelSettings(scope: TenantScope): Promise<RouteAnswer<typeof ReadSettings>> {
    return { settings: settingsView((await this.bus.ask(scope, ReadModelSettings, {})).settings) };
  }

  @Requires('admin:settings')
  @Route(WriteSettings)
  async writeModelSettings(scope: TenantScope, { body }: RouteInput<typeof WriteSettings>): Promise<RouteAnswer<typeof WriteSettings>> {
    const models = body.models.map(({ provider, model, base_url: baseUrl, price, api_key: apiKey }) => ({
      provider, model, baseUrl, apiKey, price: price && { input: price.input, output: price.output, ...(price.cached_input === undefined ? {} : { cachedInput: price.cached_input }) },
    }));
    const { settings } = await this.bus.ask(scope, WriteModelSettings, {
      isEnabled: body.enabled, isAutomatic: body.automatic, models, monthlyCapUsd: body.monthly_cap_usd, monthlyCapTokens: body.monthly_cap_tokens,
    });
    return { settings: settingsView(settings) };
  }

  @Requires('admin:settings')
  @Route(TestSettings)
  async testModelSettings(scope: TenantScope): Promise<RouteAnswer<typeof TestSettings>> {
    const { results } = await this.bus.ask(scope, TestModels, {});
    return { results: results.map((result) => ({ ...result, ok: result.failure === null })) };
  }
}

function settingsView({ source, isEnabled, isAutomatic, models, monthlyCapUsd, monthlyCapTokens }: ModelSettings): z.output<typeof SettingsView> {
  const views = models.map(({ provider, model, baseUrl, price, hasKey }) => ({
    provider, model, base_url: baseUrl, has_key: hasKey, price: price && { input: price.input, output: price.output, ...(price.cachedInput === undefined ? {} : { cached_input: price.cachedInput }) },
  }));
  return { source, enabled: isEnabled, automatic: isAutomatic, models: views, monthly_cap_usd: monthlyCapUsd, monthly_cap_tokens: monthlyCapTokens };
}
