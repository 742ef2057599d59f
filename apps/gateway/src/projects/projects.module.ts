import { Module } from '@nestjs/common';
import { ProjectResolver } from './project-resolver.service.js';
import { ProjectSettingsService } from './project-settings.service.js';
import { ProjectsHandlers } from './projects.handlers.js';
import { ProjectsRepository } from './projects.repository.js';
import { ProjectsService } from './projects.service.js';

@Module({ controllers: [ProjectsHandlers], providers: [ProjectsRepository, ProjectsService, ProjectSettingsService, ProjectResolver], exports: [ProjectsService, ProjectSettingsService, ProjectResolver] })
export class ProjectsModule {}
