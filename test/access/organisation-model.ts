import { type AccessLevel, hasLevel, type Role } from '#libs/tenancy';

const RANKS: readonly AccessLevel[] = ['none', 'read', 'write', 'admin'];
const OF_ROLE: Readonly<Record<Role, AccessLevel>> = { owner: 'admin', admin: 'admin', member: 'write', viewer: 'read' };

export interface ModelProject {
  workspace: string;
  name: string;
  visibility: 'open' | 'restricted' | null;
  /** In every text of it, and in nothing else. */
  readonly canary: string;
  readonly pages: Set<string>;
}

interface ModelGrant {
  /** A project, or a workspace by its name. */
  readonly on: ModelProject | string;
  /** A user by number, or the group. */
  readonly to: number | 'team';
  level: AccessLevel;
  readonly grantId: string;
}

/** What an organisation should be like, kept in the plainest way: what may be done is worked out anew from all there is. */
export class OrganisationModel {
  preset: 'open' | 'restricted' = 'open';
  readonly projects: ModelProject[] = [];
  /** Nobody meets a word of these any more. */
  readonly erased: ModelProject[] = [];
  readonly team = new Set<number>();
  private grants: ModelGrant[] = [];

  /** `roles` by the number of the user. */
  constructor(readonly roles: Role[]) {}

  isAdmin(user: number): boolean {
    return ['owner', 'admin'].includes(this.roles[user]!);
  }

  at(workspace: string, name: string): ModelProject | undefined {
    return this.projects.find((project) => project.workspace === workspace && project.name === name);
  }

  erase(project: ModelProject): void {
    this.projects.splice(this.projects.indexOf(project), 1);
    this.erased.push(project);
  }

  level(user: number, project: ModelProject): AccessLevel {
    if (this.isAdmin(user)) return 'admin';
    const ofRole = (project.visibility ?? this.preset) === 'open' ? OF_ROLE[this.roles[user]!] : 'none';
    const granted = this.grants.filter(({ on, to }) => (on === project || on === project.workspace) && (to === user || (to === 'team' && this.team.has(user))));
    return RANKS[Math.max(...[ofRole, ...granted.map(({ level }) => level)].map((level) => RANKS.indexOf(level)))]!;
  }

  /** The status that an attempt at something in a project should get, where nothing else is wrong with it. */
  status(user: number, project: ModelProject | undefined, needed: AccessLevel): 200 | 403 | 404 {
    if (!project || this.level(user, project) === 'none') return 404;
    return hasLevel(this.level(user, project), needed) ? 200 : 403;
  }

  readable(user: number): ModelProject[] {
    return this.projects.filter((project) => this.level(user, project) !== 'none');
  }

  grant(on: ModelProject | string, to: number | 'team', level: AccessLevel, grantId: string): void {
    this.grants = [...this.grants.filter((each) => each.on !== on || each.to !== to), { on, to, level, grantId }];
  }

  /** The latest grant on a project or workspace, taken or not. */
  latestGrant(on: ModelProject | string): ModelGrant | undefined {
    return this.grants.findLast((each) => each.on === on);
  }

  revoke(grantId: string): void {
    this.grants = this.grants.filter((each) => each.grantId !== grantId);
  }
}
