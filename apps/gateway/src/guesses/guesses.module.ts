import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { GuessesRepository } from './guesses.repository.js';
import { GuessesService } from './guesses.service.js';

@Module({ imports: [AuditModule, IdentityModule], providers: [GuessesRepository, GuessesService], exports: [GuessesService] })
export class GuessesModule {}
