import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { type OutputOf, type ParsedInputOf, ReadModelSettings, WriteModelSettings } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ModelSettingsService } from './model-settings.service.js';

@Controller()
export class ModelSettingsHandlers {
  constructor(private readonly settings: ModelSettingsService) {}

  @Serves(ReadModelSettings)
  async read(scope: TenantScope, _input: ParsedInputOf<typeof ReadModelSettings>): Promise<OutputOf<typeof ReadModelSettings>> {
    return { settings: await this.settings.read(scope) };
  }

  @Serves(WriteModelSettings)
  async write(scope: TenantScope, input: ParsedInputOf<typeof WriteModelSettings>): Promise<OutputOf<typeof WriteModelSettings>> {
    return { settings: await this.settings.write(scope, input) };
  }
}
