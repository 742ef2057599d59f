import { Module } from '@nestjs/common';
import { ProjectsModule } from '../projects/projects.module.js';
import { ActivityStreams } from './activity-streams.service.js';
import { ActivityService } from './activity.service.js';

@Module({ imports: [ProjectsModule], providers: [ActivityService, ActivityStreams], exports: [ActivityService, ActivityStreams] })
export class ActivityModule {}
