import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bus, InProcessTransport } from '#libs/bus';
import { type AccessLevel, levelIn, type Role, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import { scopeOfCaller } from '../auth/caller-scope.js';
import { type CallerRow, IdentityRepository } from '../identity/identity.repository.js';
import { IdentityService } from '../identity/identity.service.js';
import { TokensRepository } from '../identity/tokens.repository.js';
import { TokensService } from '../identity/tokens.service.js';
import { ProjectResolver } from '../projects/project-resolver.service.js';
import { ProjectSettingsService } from '../projects/project-settings.service.js';
import { type ProjectRef, ProjectsRepository } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { GrantsRepository } from './grants.repository.js';
import { GrantsService } from './grants.service.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';

let database: TestDatabase;
let identity: IdentityService;
let projects: ProjectsService;
let tokens: TokensService;
let settings: ProjectSettingsService;
let resolver: ProjectResolver;
let grants: GrantsService;
let groups: GroupsService;

beforeAll(async () => {
  database = await createTestDatabase();
  const rows = new ProjectsRepository();
  const identities = new IdentityRepository(database.db);
  const bus = new Bus(new InProcessTransport());
  tokens = new TokensService(database.db, identities, new TokensRepository(database.db), bus);
  identity = new IdentityService(database.db, identities, tokens, bus);
  projects = new ProjectsService(database.db, rows);
  settings = new ProjectSettingsService(database.db, rows, bus);
  resolver = new ProjectResolver(database.db, rows);
  grants = new GrantsService(database.db, new GrantsRepository(), bus);
  groups = new GroupsService(database.db, new GroupsRepository(), bus);
});
afterAll(() => database.drop());

/** An organisation with one project, and the scope of an owner. */
async function found(): Promise<{ owner: TenantScope; project: ProjectRef; user(role: Role): Promise<{ userId: string; name: string; scope(): Promise<TenantScope> }> }> {
  const organisationId = randomUUID();
  const owner = scopeForTest(organisationId);
  await database.db.run(owner, (tx) => new IdentityRepository(database.db).insertOrganisation(tx, organisationId));
  const project = await projects.ensureProject(owner, 'acme', 'shop');
  const user = async (role: Role) => {
    const name = `${role} ${randomUUID()}`;
    const { user_id: userId } = await identity.createUser(owner, { name, email: 'dev@example.com', role });
    return { userId, name, scope: () => callerOf(organisationId, userId) };
  };
  return { owner, project, user };
}

async function callerOf(organisationId: string, userId: string): Promise<TenantScope> {
  const [row] = await database.db.callBeforeTenant<CallerRow>('SELECT * FROM identity.find_caller($1, $2)', [organisationId, userId]);
  return scopeOfCaller(row!);
}

describe('the level in a project', () => {
  const [OPEN, CLOSED] = [{ owner: 'admin', admin: 'admin', member: 'write', viewer: 'read' }, { owner: 'admin', admin: 'admin', member: 'none', viewer: 'none' }] as const;
  const RANK: AccessLevel[] = ['none', 'read', 'write', 'admin'];
  const WAYS = ['none', 'user', 'group', 'workspace', 'workspace-group'] as const;
  const cases = [...(['member', 'viewer'] as const).flatMap((role) => WAYS.map((way) => [role, way] as const)), ['owner', 'user'] as const, ['admin', 'group'] as const];

  it.each(cases)('of a %s, granted by %s, is the higher of what the role and the grant give', async (role, way) => {
    const { owner, project, user } = await found();
    const { userId, name, scope } = await user(role);
    if (way.endsWith('group')) await groups.addMember(owner, (await groups.ensure(owner, 'team')).name, userId);
    const { workspaceId } = project;
    const place = way.startsWith('workspace') ? { workspaceId, projectId: null } : { workspaceId: null, projectId: project.projectId };
    for (const preset of ['open', 'restricted'] as const) {
      for (const visibility of [null, 'open', 'restricted'] as const) {
        await settings.setPreset(owner, preset);
        await settings.setVisibility(owner, project, visibility);
        for (const level of way === 'none' ? (['none'] as const) : (['read', 'write', 'admin'] as const)) {
          if (level !== 'none') await grants.put(owner, place, way.endsWith('group') ? { group: 'team' } : { user: name }, level);
          const ofRole = ((visibility ?? preset) === 'open' ? OPEN : CLOSED)[role];
          const expected = RANK[Math.max(RANK.indexOf(ofRole), RANK.indexOf(level))];
          expect([levelIn(await scope(), project.projectId), preset, visibility, level]).toEqual([expected, preset, visibility, level]);
        }
      }
    }
  });

  it('falls back at once when the grant is taken back, the group is left or deleted, or the project is moved out of the workspace', async () => {
    const { owner, project, user } = await found();
    const { userId, name, scope } = await user('viewer');
    const level = async () => levelIn(await scope(), project.projectId);
    const place = { workspaceId: null, projectId: project.projectId };
    await groups.ensure(owner, 'team');
    await groups.addMember(owner, 'team', userId);
    const { grant_id: grantId } = await grants.put(owner, place, { user: name }, 'admin');
    await grants.put(owner, place, { group: 'team' }, 'write');
    await grants.put(owner, { workspaceId: project.workspaceId, projectId: null }, { user: name }, 'read');
    await settings.setPreset(owner, 'restricted');
    const levels = [await level()];
    for (const loss of [() => grants.remove(owner, place, grantId), () => groups.removeMember(owner, 'team', userId), () => settings.move(owner, project, { workspace: 'elsewhere' })]) {
      await loss();
      levels.push(await level());
    }
    expect(levels).toEqual(['admin', 'write', 'read', 'none']);
  });

  it('is admin for a member who makes one in an organisation of restricted projects, which everybody else is not told of', async () => {
    const { owner, user } = await found();
    await settings.setPreset(owner, 'restricted');
    const [maker, other] = [await user('member'), await user('member')];
    const made = await resolver.ensure(await maker.scope(), { workspace: 'acme', project: 'mine' });
    expect([levelIn(await maker.scope(), made.projectId), levelIn(await other.scope(), made.projectId)]).toEqual(['admin', 'none']);
    expect((await projects.listProjects(await maker.scope())).map(({ project }) => project)).toEqual(['mine']);
    expect([await projects.listProjects(await other.scope()), await projects.listWorkspaces(await other.scope())]).toEqual([[], []]);
    const absent = await projects.findProject(await other.scope(), 'acme', 'nowhere').catch((fault: unknown) => fault);
    await expect(projects.findProject(await other.scope(), 'acme', 'mine')).rejects.toEqual(absent);
    await expect(resolver.ensure(await other.scope(), { workspace: 'acme', project: 'mine' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(projects.ensureProject(await other.scope(), 'acme', 'mine')).rejects.toEqual(absent);
    expect(await resolver.find(await other.scope(), { workspace: 'acme', project: 'mine' })).toBeUndefined();
  });
});

describe('people', () => {
  it('are admins\' to manage, but for owners', async () => {
    const { owner, user } = await found();
    const [admin, member, second] = [await (await user('admin')).scope(), await user('member'), await user('owner')];
    expect((await identity.setRole(admin, member.userId, 'admin')).role).toBe('admin');
    for (const attempt of [
      () => identity.setRole(admin, member.userId, 'owner'), () => identity.setRole(admin, second.userId, 'viewer'), () => identity.setDisabled(admin, second.userId, true),
      () => identity.createUser(admin, { name: 'x', email: 'x@example.com', role: 'owner' }), () => tokens.create(admin, second.userId, 'x'),
    ]) await expect(attempt()).rejects.toMatchObject({ code: 'identity.owner-only' });
    await expect(identity.setRole(owner, second.userId, 'viewer')).rejects.toMatchObject({ code: 'identity.last-owner' });
  });

  it('who are disabled are nobody, until they are let in again', async () => {
    const { owner, user } = await found();
    const { userId, scope } = await user('member');
    await identity.setDisabled(owner, userId, true);
    await expect(scope()).rejects.toThrow(TypeError);
    await identity.setDisabled(owner, userId, false);
    expect((await scope()).actor).toMatchObject({ userId });
  });
});

describe('a project', () => {
  it('is renamed by its admins and moved by the organisation\'s, to where its name is free', async () => {
    const { owner, project, user } = await found();
    const { name, scope } = await user('member');
    await expect(settings.move(await scope(), project, { project: 'store' })).rejects.toMatchObject({ code: 'access.forbidden' });
    await grants.put(owner, { workspaceId: null, projectId: project.projectId }, { user: name }, 'admin');
    const renamed = await settings.move(await scope(), project, { project: 'store' });
    expect(renamed).toMatchObject({ projectId: project.projectId, workspace: 'acme', project: 'store' });
    await expect(settings.move(await scope(), renamed, { workspace: 'other' })).rejects.toMatchObject({ code: 'access.forbidden' });
    await projects.ensureProject(owner, 'other', 'store');
    await expect(settings.move(owner, renamed, { workspace: 'other' })).rejects.toMatchObject({ code: 'project.taken' });
    await expect(settings.renameWorkspace(owner, 'acme', 'other')).rejects.toMatchObject({ code: 'project.workspace-taken' });
    expect(await settings.renameWorkspace(owner, 'acme', 'works')).toMatchObject({ workspace: 'works', projects: 1 });
  });

  it('of the organisation\'s own keeps its name and stays open', async () => {
    const { owner } = await found();
    const own = await projects.ensureProject(owner, '_global', '_global');
    for (const attempt of [() => settings.move(owner, own, { project: 'rules' }), () => settings.setVisibility(owner, own, 'restricted'), () => settings.renameWorkspace(owner, '_global', 'rules')]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'project.own-stays' });
    }
  });
});
