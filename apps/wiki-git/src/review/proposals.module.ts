import { Module } from '@nestjs/common';
import { ProposalsRepository } from './proposals.repository.js';
import { ProposingService } from './proposing.service.js';

@Module({ providers: [ProposalsRepository, ProposingService], exports: [ProposalsRepository, ProposingService] })
export class ProposalsModule {}
