import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { Requires } from '../auth/requires.js';
import type { ConnectionRow } from '../oauth/connections.repository.js';
import { ConnectionsService } from '../oauth/connections.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const ConnectionView = z.object({
  connection_id: z.uuid(),
  kind: z.enum(['agent', 'device']),
  client_name: z.string().describe('What the program calls itself.'),
  client_host: z.string().nullable().describe('Whose document says who the program is; null where nobody vouches for it.'),
  scopes: z.array(z.string()),
  project_ids: z.array(z.uuid()).nullable().describe('Null: all projects of its user.'),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable().describe('To a quarter of an hour.'),
}).meta({ id: 'Connection' });

const ListConnections = route({
  method: 'GET',
  path: '/connections',
  summary: 'Agents and devices that the caller has let act for them, the newest first.',
  response: z.object({ connections: z.array(ConnectionView) }),
});

const RevokeConnection = route({
  method: 'DELETE',
  path: '/connections/{connection}',
  summary: 'Ends one of the caller\'s own connections, with all its tokens: at once here and within seconds everywhere.',
  response: z.object({ connection: ConnectionView }),
});

@Controller()
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService, private readonly authentication: AuthenticationService) {}

  @Requires('self')
  @Route(ListConnections)
  async listConnections(scope: TenantScope): Promise<RouteAnswer<typeof ListConnections>> {
    return { connections: (await this.connections.list(scope)).map(connectionView) };
  }

  @Requires('self')
  @Route(RevokeConnection)
  async revokeConnection(scope: TenantScope, { params }: RouteInput<typeof RevokeConnection>): Promise<RouteAnswer<typeof RevokeConnection>> {
    const row = await this.connections.revoke(scope, params.connection);
    this.authentication.forget(scope);
    return { connection: connectionView(row) };
  }
}

function connectionView({ user_id: _user, client_id: _client, created_at, expires_at, last_used_at, ...row }: ConnectionRow): z.output<typeof ConnectionView> {
  return { ...row, created_at: created_at.toISOString(), expires_at: expires_at.toISOString(), last_used_at: last_used_at?.toISOString() ?? null };
}
