import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errors } from 'oidc-provider';
import { Fault, NOT_FOUND } from '#libs/faults';
import { levelIn, type Origin, type TenantScope, userOf } from '#libs/tenancy';
import { AuthenticationService } from '../auth/authentication.service.js';
import { CallerGuard } from '../auth/caller.guard.js';
import type { Credential } from '../auth/token-cache.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import type { ProjectRef } from '../projects/projects.repository.js';
import { ProjectsService } from '../projects/projects.service.js';
import { cookieOf } from '../sign-on/cookies.js';
import { signInCookie } from '../sign-on/public-origin.js';
import { SignInsService } from '../sign-on/sign-ins.service.js';
import { AuthorizationServer } from './authorization-server.service.js';
import { accountName, accountOf, ConnectionsService } from './connections.service.js';
import type { Asking } from './oauth-pages.js';
import { type ConnectionKind, GRANTABLE_SCOPES, type GrantableScope, scopesWithin } from './oauth-scopes.js';

type Details = Awaited<ReturnType<AuthorizationServer['provider']['interactionDetails']>>;

/** One request for access, between the program's asking and the person's answer. */
export interface Interaction {
  readonly details: Details;
  readonly asking: Asking;
  /** Who is asked, once that is known. */
  readonly person: Credential | null;
}

/** What a person agrees to, or doesn't. */
@Injectable()
export class InteractionsService {
  constructor(
    private readonly server: AuthorizationServer, private readonly connections: ConnectionsService, private readonly authentication: AuthenticationService, private readonly guard: CallerGuard,
    private readonly projects: ProjectsService, private readonly signIns: SignInsService, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** Of the browser that brings the request's cookie. Throws NOT_FOUND for any other, and when it has run out. */
  async read(request: Request, response: Response): Promise<Interaction> {
    const details = await this.server.provider.interactionDetails(request, response).catch((error: unknown) => {
      throw error instanceof errors.SessionNotFound ? new Fault(NOT_FOUND, { sentence: 'This sign-in has ended, or was begun in another browser.' }) : error;
    });
    const person = await this.personOf(details, request);
    return { details, person, asking: await this.askingOf(details, person) };
  }

  /** Throws a fault of kind `unauthenticated` unless the token is one of a person's own. */
  async signIn({ details }: Interaction, token: string, origin: Origin): Promise<void> {
    const { scope } = await this.authentication.ofToken(token, { origin });
    details.lastSubmission = { person: accountName(scope) };
    await details.save(details.exp - Math.floor(Date.now() / 1_000));
  }

  /** Gives the address to which the browser goes on. */
  async allow({ details, asking, person }: Interaction & { person: Credential }, projectIds: readonly string[], request: Request, response: Response): Promise<string> {
    const { provider } = this.server;
    const { scope } = person;
    const clientId = String(details.params.client_id);
    const connectionId = await this.connections.connect(scope, { kind: asking.kind, client_id: clientId, client_name: asking.clientName, client_host: asking.clientHost, scopes: [...asking.scopes], project_ids: await this.chosen(scope, projectIds) });
    const grant = new provider.Grant({ accountId: accountName(scope), clientId });
    grant.jti = connectionId;
    grant.addResourceScope(String(details.params.resource), asking.scopes.join(' '));
    await grant.save();
    await this.server.keepClient(clientId);
    return provider.interactionResult(request, response, { login: { accountId: accountName(scope), remember: false }, consent: { grantId: connectionId } }, { mergeWithLastSubmission: false });
  }

  /** What the person may choose among. */
  async projectsOf({ scope }: Pick<Credential, 'scope'>): Promise<ProjectRef[]> {
    return (await this.projects.listProjects(scope)).filter(({ projectId }) => levelIn(scope, projectId) !== 'none');
  }

  deny(request: Request, response: Response): Promise<string> {
    return this.server.provider.interactionResult(request, response, { error: 'access_denied', error_description: 'the person said no' }, { mergeWithLastSubmission: false });
  }

  /** Those of the named that the person can see; null where none was named: all. */
  private async chosen(scope: TenantScope, named: readonly string[]): Promise<string[] | null> {
    if (named.length === 0) return null;
    const seen = (await this.projectsOf({ scope })).map(({ projectId }) => projectId);
    if (!named.every((id) => seen.includes(id))) throw new Fault(NOT_FOUND);
    return [...named];
  }

  /** Who has signed in for this request, else whose browser it is; else who is local, where that is enough. */
  private async personOf({ lastSubmission }: Details, request: Request): Promise<Credential | null> {
    const account = accountOf((lastSubmission as { person?: string } | undefined)?.person);
    if (account) return this.authentication.ofUser(account.organisationId, account.userId);
    const secret = cookieOf(request, signInCookie(this.config).name);
    const browser = secret === undefined ? null : await this.signIns.find(secret);
    if (browser) return browser;
    return this.guard.mayBeAnonymous ? this.authentication.ofLocalOwner() : null;
  }

  private async askingOf({ params, deviceCode }: Details, person: Credential | null): Promise<Asking> {
    const { provider } = this.server;
    const client = await provider.Client.find(String(params.client_id));
    if (!client) throw new Fault(NOT_FOUND);
    const kind: ConnectionKind = deviceCode ? 'device' : 'agent';
    const device = deviceCode ? ((await provider.DeviceCode.find(deviceCode, { ignoreExpiration: false }))?.deviceInfo as Asking['device']) : null;
    return {
      kind, clientName: client.clientName ?? client.clientId, clientHost: URL.canParse(client.clientId) ? new URL(client.clientId).host : null,
      redirect: kind === 'agent' ? String(params.redirect_uri) : null, device: device ?? null, scopes: scopesOf(String(params.scope ?? ''), person, kind),
    };
  }
}

/** What is asked for, less what the person can't give. */
function scopesOf(named: string, person: Credential | null, kind: ConnectionKind): GrantableScope[] {
  const scopes = named.split(' ');
  const user = person && userOf(person.scope);
  return user ? scopesWithin(scopes, user, kind) : GRANTABLE_SCOPES.filter((scope) => scopes.includes(scope));
}
