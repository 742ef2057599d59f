import { Controller } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { requirePermission } from '#libs/bus';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { credentialOf } from '../auth/current-scope.js';
import { Requires } from '../auth/requires.js';
import { OVERLAP_HOURS_MAX, TOKEN_DAYS_DEFAULT, TOKEN_DAYS_MAX } from '../identity/token-life.js';
import { READING_SCOPES, TokenScope } from '../identity/token-scopes.js';
import { TokensService } from '../identity/tokens.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { PATH_PARAMS } from './path-params.js';
import { plainLine } from './plain-line.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';
import { IssuedTokenView, issuedTokenView, TokenView, tokenView } from './token-view.js';

const PROJECTS_MAX = 100;

const ListTokens = route({
  method: 'GET',
  path: '/tokens',
  summary: "The caller's tokens, for owners and admins all of the organisation; oldest first, without their secrets.",
  response: z.object({ tokens: z.array(TokenView) }),
});

const ReadToken = route({
  method: 'GET',
  path: '/token',
  summary: 'The token that the request came with; null where it came with none.',
  response: z.object({ token: TokenView.nullable() }),
});

const CreateToken = route({
  method: 'POST',
  path: '/tokens',
  summary: 'Makes a token for the caller; owners and admins may make one for anybody in the organisation, and for its service accounts. It can do no more than its user, and no more than the token that makes it.',
  body: z.strictObject({
    name: plainLine(200),
    user_id: z.uuid().optional().describe('The caller, unless told; or a service account.'),
    expires_in_days: z.int().min(1).max(TOKEN_DAYS_MAX).nullable().optional().describe(`${TOKEN_DAYS_DEFAULT} unless told, or less where the organisation wants that; null for never, where it allows that.`),
    scopes: z.array(TokenScope).min(1).max(20).optional().describe('As many as the token that makes it has, unless told.'),
    projects: z.array(z.strictObject({ workspace: PATH_PARAMS.workspace, project: PATH_PARAMS.project })).min(1).max(PROJECTS_MAX).optional().describe('The only ones that it may be used for; all, unless told.'),
    read_only: z.boolean().optional().describe(`Short for the scopes ${READING_SCOPES.join(' and ')}.`),
  }),
  response: z.object({ token: IssuedTokenView }),
  status: 201,
});

const RotateToken = route({
  method: 'POST',
  path: '/tokens/{token}/rotate',
  summary: 'Makes a new secret in place of a token; the old one works on for the overlap.',
  body: z.strictObject({ overlap_hours: z.number().min(0).max(OVERLAP_HOURS_MAX).default(1) }),
  response: z.object({ token: IssuedTokenView, old: TokenView }),
  status: 201,
});

const RevokeToken = route({
  method: 'DELETE',
  path: '/tokens/{token}',
  summary: "Revokes a token of the caller, or for owners and admins anybody's: at once here, and within seconds everywhere.",
  query: { reason: plainLine(200).optional() },
  response: z.object({ token: TokenView }),
});

@Controller()
export class TokensController {
  constructor(private readonly tokens: TokensService, private readonly projects: ProjectsService, private readonly authentication: AuthenticationService) {}

  @Requires('self')
  @Route(ListTokens)
  async listTokens(scope: TenantScope): Promise<RouteAnswer<typeof ListTokens>> {
    return { tokens: (await this.tokens.list(scope)).map((row) => tokenView(row)) };
  }

  @Requires('self')
  @Route(ReadToken)
  async readToken(scope: TenantScope, _input: RouteInput<typeof ReadToken>, response: Response): Promise<RouteAnswer<typeof ReadToken>> {
    const { tokenId } = credentialOf(response.req);
    const row = tokenId ? await this.tokens.read(scope, tokenId) : null;
    return { token: row && tokenView(row) };
  }

  @Requires('self')
  @Route(CreateToken)
  async createToken(scope: TenantScope, { body }: RouteInput<typeof CreateToken>): Promise<RouteAnswer<typeof CreateToken>> {
    if (body.read_only && body.scopes) throw new Fault(INVALID_INPUT, { sentence: 'body: read_only stands for scopes of its own; send one of the two.' });
    // A credential is always a user's.
    const userId = body.user_id ?? userOf(scope)!.userId;
    const projectIds = body.projects && await Promise.all(body.projects.map((project) => this.visibleProject(scope, project)));
    const wishes = { days: body.expires_in_days, scopes: body.read_only ? READING_SCOPES : body.scopes, projectIds };
    return { token: issuedTokenView(await this.tokens.create(scope, userId, body.name, wishes)) };
  }

  @Requires('self')
  @Route(RotateToken)
  async rotateToken(scope: TenantScope, { params, body }: RouteInput<typeof RotateToken>): Promise<RouteAnswer<typeof RotateToken>> {
    const rotated = await this.tokens.rotate(scope, params.token, body.overlap_hours);
    this.authentication.forget(scope);
    return { token: issuedTokenView(rotated), old: tokenView(rotated.old) };
  }

  @Requires('self')
  @Route(RevokeToken)
  async revokeToken(scope: TenantScope, { params, query }: RouteInput<typeof RevokeToken>): Promise<RouteAnswer<typeof RevokeToken>> {
    const row = await this.tokens.revoke(scope, params.token, query.reason ?? null);
    this.authentication.forget(scope);
    return { token: tokenView(row) };
  }

  private async visibleProject(scope: TenantScope, { workspace, project }: { workspace: string; project: string }): Promise<string> {
    const { projectId } = await this.projects.findProject(scope, workspace, project);
    requirePermission(scope, 'self', projectId);
    return projectId;
  }
}
