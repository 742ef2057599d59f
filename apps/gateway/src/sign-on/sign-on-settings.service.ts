import { Inject, Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { requirePermission } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { Fault } from '#libs/faults';
import { outgoingRules, refuseUncallable } from '#libs/outgoing';
import { openText, sealText } from '#libs/sealing';
import type { TenantScope } from '#libs/tenancy';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { requireOwner } from '../identity/require-owner.js';
import { requireWriter } from '../identity/require-writer.js';
import type { IdentityProvider } from './identity-provider.js';
import { SignOnSettings } from './sign-on-settings.js';
import { SignOnSettingsRepository } from './sign-on-settings.repository.js';
import { SIGN_ON_SURROUNDINGS, type SignOnSurroundings } from './sign-on-surroundings.js';
import { SETTINGS_UNUSABLE } from './sign-on.faults.js';

export interface SignOn {
  settings: SignOnSettings;
  /** Null where the organisation has none here. */
  provider: IdentityProvider | null;
}

/** How an organisation's people sign in. The client's secret goes in and never comes out. */
@Injectable()
export class SignOnSettingsService {
  constructor(
    private readonly db: TenantDb, private readonly saved: SignOnSettingsRepository, @Inject(SIGN_ON_SURROUNDINGS) private readonly around: SignOnSurroundings,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** The installation's provider serves its first organisation by itself, and others when they say so. */
  async of(scope: TenantScope, organisation: string): Promise<SignOn> {
    const saved = await this.db.run(scope, (tx) => this.saved.find(tx));
    const settings = saved?.settings ?? SignOnSettings.parse({ isEnabled: organisation === this.config.AI_MEMORY_ORGANISATION });
    if (!settings.isEnabled) return { settings, provider: null };
    if (settings.issuer === null) return { settings, provider: this.installationProvider() };
    const secret = this.around.AI_MEMORY_SECRET_KEY;
    const clientSecret = secret && saved?.sealedSecret ? openText(secret, 'sign-on', scope.organisationId, saved.sealedSecret) : null;
    const { issuer, clientId, scopes } = settings;
    return { settings, provider: { issuer, clientId: clientId ?? '', clientSecret, scopes, groupsClaim: settings.groupsClaim, rules: outgoingRules(this.around) } };
  }

  async read(scope: TenantScope): Promise<{ settings: SignOnSettings; hasSecret: boolean; installationIssuer: string | null }> {
    requirePermission(scope, 'admin:settings');
    const saved = await this.db.run(scope, (tx) => this.saved.find(tx));
    return { settings: saved?.settings ?? SignOnSettings.parse({ isEnabled: false }), hasSecret: Boolean(saved?.sealedSecret), installationIssuer: this.around.AI_MEMORY_OIDC_ISSUER ?? null };
  }

  /** For owners alone: who says whose word is believed can become anybody. A secret that is left out stays, as long as the issuer and the client do. */
  async write(scope: TenantScope, settings: SignOnSettings, clientSecret: string | undefined): Promise<void> {
    requireOwner(scope);
    requireWriter(scope);
    this.refuseUnusable(settings);
    await this.db.run(scope, async (tx) => {
      const before = await this.saved.find(tx);
      const isSame = before?.settings.issuer === settings.issuer && before.settings.clientId === settings.clientId;
      await this.saved.save(tx, { settings, sealedSecret: clientSecret === undefined ? (isSame ? before.sealedSecret : null) : this.seal(scope, clientSecret) });
      const { issuer, clientId, defaultRole } = settings;
      await recordAudit(tx, scope, { action: 'signon.settings-changed', target: `organisation:${scope.organisationId}`, after: { issuer, client_id: clientId, default_role: defaultRole } });
    });
  }

  private refuseUnusable({ isEnabled, issuer, clientId, scopes }: SignOnSettings): void {
    if (issuer !== null) refuseUncallable(issuer, outgoingRules(this.around));
    if (issuer !== null && !clientId) throw new Fault(SETTINGS_UNUSABLE, { sentence: 'An issuer needs a client_id.' });
    if (isEnabled && issuer === null && !this.around.AI_MEMORY_OIDC_ISSUER) throw new Fault(SETTINGS_UNUSABLE, { sentence: 'This installation has no identity provider of its own: name an issuer.' });
    if (!scopes.split(' ').includes('openid')) throw new Fault(SETTINGS_UNUSABLE, { sentence: 'The scopes must hold openid.' });
  }

  private seal(scope: TenantScope, clientSecret: string): string {
    const secret = this.around.AI_MEMORY_SECRET_KEY;
    if (!secret) throw new Fault(SETTINGS_UNUSABLE, { sentence: 'A secret cannot be kept: the operator has to set AI_MEMORY_SECRET_KEY first.' });
    return sealText(secret, 'sign-on', scope.organisationId, clientSecret);
  }

  /** The operator vouches for the address that they set. */
  private installationProvider(): IdentityProvider | null {
    const { AI_MEMORY_OIDC_ISSUER: issuer, AI_MEMORY_OIDC_CLIENT_ID: clientId, AI_MEMORY_OIDC_CLIENT_SECRET: clientSecret } = this.around;
    if (!issuer || !clientId) return null;
    const rules = outgoingRules({ AI_MEMORY_PRIVATE_HOSTS: [...this.around.AI_MEMORY_PRIVATE_HOSTS, new URL(issuer).hostname] });
    return { issuer, clientId, clientSecret: clientSecret ?? null, scopes: this.around.AI_MEMORY_OIDC_SCOPES, groupsClaim: this.around.AI_MEMORY_OIDC_GROUPS_CLAIM, rules };
  }
}
