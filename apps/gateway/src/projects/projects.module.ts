import { Module } from '@nestjs/common';
import { ProjectResolver } from './project-resolver.service.js';
import { ProjectsHandlers } from './projects.handlers.js';
import { ProjectsRepository } from './projects.repository.js';
import { ProjectsService } from './projects.service.js';

@Module({ controllers: [ProjectsHandlers], providers: [ProjectsRepository, ProjectsService, ProjectResolver], exports: [ProjectsService, ProjectResolver] })
export class ProjectsModule {}
