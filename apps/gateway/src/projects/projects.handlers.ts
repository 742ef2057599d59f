import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { type OutputOf, type ParsedInputOf, ReadProject } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ProjectsService } from './projects.service.js';

@Controller()
export class ProjectsHandlers {
  constructor(private readonly projects: ProjectsService) {}

  @Serves(ReadProject)
  async read(scope: TenantScope, { projectId }: ParsedInputOf<typeof ReadProject>): Promise<OutputOf<typeof ReadProject>> {
    const { workspaceId, workspace, project } = await this.projects.findProjectById(scope, projectId);
    return { projectId, workspaceId, workspace, project };
  }
}
