import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { GitController } from './git.controller.js';
import { GitCallerGuard } from './git-caller.guard.js';

/** Clone, fetch and push over HTTP. */
@Module({ imports: [AuthModule, ProjectsModule], controllers: [GitController], providers: [GitCallerGuard] })
export class GitModule {}
