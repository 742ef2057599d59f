import { Controller, Inject } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Role, type TenantScope } from '#libs/tenancy';
import { Requires } from '../auth/requires.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { publicOrigin } from '../sign-on/public-origin.js';
import type { SignOnSettings } from '../sign-on/sign-on-settings.js';
import { SignOnSettingsService } from '../sign-on/sign-on-settings.service.js';
import { Route, route, type RouteAnswer, type RouteInput } from './route.js';

const Settings = {
  enabled: z.boolean().default(true).describe('Whether people sign in at an identity provider at all.'),
  issuer: z.url({ protocol: /^https?$/ }).max(500).nullable().default(null).describe("The installation's provider where null."),
  client_id: z.string().min(1).max(300).nullable().default(null).describe('This server, as the provider knows it.'),
  scopes: z.string().min(1).max(500).default('openid profile email'),
  groups_claim: z.string().min(1).max(200).default('groups').describe('The claim that lists groups; dots lead into objects.'),
  directory_claim: z.string().min(1).max(200).default('sub').describe('The claim that holds what the directory calls externalId over SCIM: `sub` for Okta, `oid` for Entra.'),
  email_domains: z.array(z.string().max(253).toLowerCase()).max(100).default([]).describe('Whose addresses are let in; empty: all.'),
  default_role: Role.nullable().default('member').describe('Of whom no group has a role; null: they may not sign in.'),
  roles: z.record(z.string().min(1).max(300), Role).refine((roles) => Object.keys(roles).length <= 200, 'has more than 200 groups').default({}).describe('Roles by names of groups; the highest counts, at each sign-in. Empty: roles are given by hand.'),
  groups: z.record(z.string().min(1).max(300), z.string().min(1).max(200)).refine((groups) => Object.keys(groups).length <= 200, 'has more than 200 groups').default({}).describe('Our groups by names of the provider\'s: a person is put in and out of them at each sign-in.'),
  creates_users: z.boolean().default(true).describe('Whether somebody who was never here becomes a user by signing in.'),
  passwords: z.boolean().default(true).describe('Whether others than owners may sign in by a password of this server.'),
};

const SettingsView = z.object({
  ...Settings, has_client_secret: z.boolean(), installation_issuer: z.string().nullable(), redirect_uri: z.string().describe('To be entered at the provider.'),
}).meta({ id: 'SignOnSettings' });

const ReadSettings = route({ method: 'GET', path: '/sign-on-settings', summary: 'How people of the organisation sign in by a browser. For owners and admins.', response: z.object({ settings: SettingsView }) });

const WriteSettings = route({
  method: 'PUT',
  path: '/sign-on-settings',
  summary: 'Sets how people of the organisation sign in by a browser. For owners.',
  body: z.strictObject({ ...Settings, client_secret: z.string().min(1).max(4_096).optional().describe('Kept sealed and never shown; left out, the one saved stays as long as issuer and client_id do.') }),
  response: z.object({ settings: SettingsView }),
});

@Controller()
export class SignOnSettingsController {
  constructor(private readonly settings: SignOnSettingsService, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  @Requires('admin:settings')
  @Route(ReadSettings)
  async readSignOnSettings(scope: TenantScope, _input: RouteInput<typeof ReadSettings>, response: Response): Promise<RouteAnswer<typeof ReadSettings>> {
    return { settings: await this.view(scope, response) };
  }

  @Requires('admin:settings')
  @Route(WriteSettings)
  async writeSignOnSettings(scope: TenantScope, { body }: RouteInput<typeof WriteSettings>, response: Response): Promise<RouteAnswer<typeof WriteSettings>> {
    await this.settings.write(scope, settingsOf(body), body.client_secret);
    return { settings: await this.view(scope, response) };
  }

  private async view(scope: TenantScope, response: Response): Promise<z.output<typeof SettingsView>> {
    const { settings: saved, hasSecret, installationIssuer } = await this.settings.read(scope);
    return {
      enabled: saved.isEnabled, issuer: saved.issuer, client_id: saved.clientId, scopes: saved.scopes, groups_claim: saved.groupsClaim, directory_claim: saved.directoryClaim, email_domains: saved.emailDomains,
      default_role: saved.defaultRole, roles: saved.roles, groups: saved.groups, creates_users: saved.createsUsers, passwords: saved.passwords,
      has_client_secret: hasSecret, installation_issuer: installationIssuer, redirect_uri: `${publicOrigin(this.config, response.req)}/auth/callback`,
    };
  }
}

function settingsOf(body: RouteInput<typeof WriteSettings>['body']): SignOnSettings {
  return {
    isEnabled: body.enabled, issuer: body.issuer, clientId: body.client_id, scopes: body.scopes, groupsClaim: body.groups_claim, directoryClaim: body.directory_claim, emailDomains: body.email_domains,
    defaultRole: body.default_role, roles: body.roles, groups: body.groups, createsUsers: body.creates_users, passwords: body.passwords,
  };
}
