import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { ListLatest, ListPages, type OutputOf, type PageHead } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';

/** Something that happened lately: an event came in, or a page was written. */
export type Happening = { at: string; project: ProjectRef } & ({ type: 'event'; event: OutputOf<typeof ListLatest>['events'][number] } | { type: 'page'; page: PageHead });

/** Happenings that are told at once. */
export const HAPPENINGS_MAX = 50;

/** What happens in the projects that somebody may read. */
@Injectable()
export class ActivityService {
  constructor(private readonly projects: ProjectsService, private readonly bus: Bus) {}

  /** The latest, newest first; of one project where one is named. */
  async latest(scope: TenantScope, place?: { workspace: string; project: string }): Promise<Happening[]> {
    const projects = place ? [await this.projects.findProject(scope, place.workspace, place.project)] : await this.projects.listProjects(scope);
    if (projects.length === 0) return [];
    const byId = new Map(projects.map((project) => [project.projectId, project]));
    const projectIds = [...byId.keys()];
    const [{ events }, { pages }] = await Promise.all([
      this.bus.ask(scope, ListLatest, { projectIds, limit: HAPPENINGS_MAX }), this.bus.ask(scope, ListPages, { projectIds, order: 'recent', limit: HAPPENINGS_MAX }),
    ]);
    const all: Happening[] = [
      ...events.map((event) => ({ type: 'event' as const, at: event.storedAt, project: byId.get(event.projectId)!, event })),
      ...pages.map((page) => ({ type: 'page' as const, at: page.updatedAt, project: byId.get(page.projectId)!, page })),
    ];
    return all.sort((one, other) => other.at.localeCompare(one.at)).slice(0, HAPPENINGS_MAX);
  }
}

/** Names a happening: of an event its own id, of a page that of its version. */
export function happeningId(happening: Happening): string {
  return happening.type === 'event' ? happening.event.observationId : happening.page.pageId;
}
