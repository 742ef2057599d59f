import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { AuditJob } from './audit.job.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { Refusals } from './refusals.service.js';

@Module({ imports: [IdentityModule], providers: [AuditRepository, AuditService, AuditJob, Refusals], exports: [AuditService, Refusals] })
export class AuditModule {}
