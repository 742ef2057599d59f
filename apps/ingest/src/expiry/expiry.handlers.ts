import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { type OutputOf, type ParsedInputOf, ReadCaptureRetention, WriteCaptureRetention } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ExpiryService } from './expiry.service.js';

@Controller()
export class ExpiryHandlers {
  constructor(private readonly expiry: ExpiryService) {}

  @Serves(ReadCaptureRetention)
  read(scope: TenantScope, { projectId }: ParsedInputOf<typeof ReadCaptureRetention>): Promise<OutputOf<typeof ReadCaptureRetention>> {
    return this.expiry.read(scope, projectId ?? null);
  }

  @Serves(WriteCaptureRetention)
  write(scope: TenantScope, { projectId, days }: ParsedInputOf<typeof WriteCaptureRetention>): Promise<OutputOf<typeof WriteCaptureRetention>> {
    return this.expiry.write(scope, projectId ?? null, days);
  }
}
