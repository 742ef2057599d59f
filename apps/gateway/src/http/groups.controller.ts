import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { GroupsService, type GroupWithMembers } from '../access/groups.service.js';
import { Requires } from '../auth/requires.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const GroupView = z.object({ name: z.string(), members: z.array(z.object({ user_id: z.uuid(), name: z.string() })) }).meta({ id: 'Group' });
const GroupAnswer = z.object({ group: GroupView });

const ListGroups = route({
  method: 'GET',
  path: '/groups',
  summary: 'The groups of the organisation, by name. For owners and admins.',
  response: z.object({ groups: z.array(z.object({ name: z.string(), members: z.int(), created_at: z.iso.datetime() })) }),
});

const ReadGroup = route({ method: 'GET', path: '/groups/{group}', summary: 'A group and who is in it. For owners and admins.', response: GroupAnswer });
const EnsureGroup = route({ method: 'PUT', path: '/groups/{group}', summary: 'Makes the group unless it exists. For owners and admins.', response: GroupAnswer });
const DeleteGroup = route({ method: 'DELETE', path: '/groups/{group}', summary: 'Deletes a group, and with it all that was granted to it. For owners and admins.', response: GroupAnswer });
const AddMember = route({ method: 'PUT', path: '/groups/{group}/members/{user}', summary: 'Puts a user into a group. For owners and admins.', response: GroupAnswer });
const RemoveMember = route({ method: 'DELETE', path: '/groups/{group}/members/{user}', summary: 'Takes a user out of a group. For owners and admins.', response: GroupAnswer });

/** Groups of users, to grant to. */
@Controller()
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Requires('admin:people')
  @Route(ListGroups)
  async listGroups(scope: TenantScope): Promise<RouteAnswer<typeof ListGroups>> {
    const groups = await this.groups.list(scope);
    return { groups: groups.map(({ name, members, created_at: createdAt }) => ({ name, members, created_at: createdAt.toISOString() })) };
  }

  @Requires('admin:people')
  @Route(ReadGroup)
  async readGroup(scope: TenantScope, { params }: RouteInput<typeof ReadGroup>): Promise<RouteAnswer<typeof ReadGroup>> {
    return groupAnswer(await this.groups.read(scope, params.group));
  }

  @Requires('admin:people')
  @Route(EnsureGroup)
  async ensureGroup(scope: TenantScope, { params }: RouteInput<typeof EnsureGroup>): Promise<RouteAnswer<typeof EnsureGroup>> {
    return groupAnswer(await this.groups.ensure(scope, params.group));
  }

  @Requires('admin:people')
  @Route(DeleteGroup)
  async deleteGroup(scope: TenantScope, { params }: RouteInput<typeof DeleteGroup>): Promise<RouteAnswer<typeof DeleteGroup>> {
    return groupAnswer(await this.groups.remove(scope, params.group));
  }

  @Requires('admin:people')
  @Route(AddMember)
  async addGroupMember(scope: TenantScope, { params }: RouteInput<typeof AddMember>): Promise<RouteAnswer<typeof AddMember>> {
    return groupAnswer(await this.groups.addMember(scope, params.group, params.user));
  }

  @Requires('admin:people')
  @Route(RemoveMember)
  async removeGroupMember(scope: TenantScope, { params }: RouteInput<typeof RemoveMember>): Promise<RouteAnswer<typeof RemoveMember>> {
    return groupAnswer(await this.groups.removeMember(scope, params.group, params.user));
  }
}

function groupAnswer({ name, members }: GroupWithMembers): z.output<typeof GroupAnswer> {
  return { group: { name, members: members.map(({ user_id: userId, name: member }) => ({ user_id: userId, name: member })) } };
}
