import { Module } from '@nestjs/common';
import { GrantsRepository } from './grants.repository.js';
import { GrantsService } from './grants.service.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';

/** Who is granted what beyond their role. */
@Module({ providers: [GroupsRepository, GroupsService, GrantsRepository, GrantsService], exports: [GroupsService, GrantsService] })
export class AccessModule {}
