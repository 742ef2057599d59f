import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Fault } from '#libs/faults';
import { type Origin, scopeOfService, type TenantScope } from '#libs/tenancy';
import { GuessesService } from '../guesses/guesses.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import { type Arrival, arrivalAt, challengeAt, endSessionUrlAt } from './identity-provider.js';
import { safeReturn } from './own-site.js';
import { PeopleService } from './people.service.js';
import { countSignIn } from './sign-on-metrics.js';
import { type SignOn, SignOnSettingsService } from './sign-on-settings.service.js';
import { ANSWER_UNEXPECTED, PROVIDER_ABSENT } from './sign-on.faults.js';

export const ATTEMPT_LIFE_MS = 600_000;
const ATTEMPT_CHARS_MAX = 3_000;

/** What the browser keeps, out of its pages' reach, while it is at the provider: only it can finish what it began. */
const Attempt = z.strictObject({ organisation: z.string(), state: z.string().min(16), nonce: z.string(), verifier: z.string(), returnTo: z.string(), begunAt: z.number() });
type Attempt = z.output<typeof Attempt>;

export interface Arrived {
  scope: TenantScope;
  userId: string;
  returnTo: string;
  idToken: string;
}

/** Signing in at an identity provider, from the first redirect to the last. */
@Injectable()
export class OidcSignOnService {
  constructor(private readonly identities: IdentityRepository, private readonly settings: SignOnSettingsService, private readonly people: PeopleService, private readonly guesses: GuessesService) {}

  /** Whether people of the organisation can sign in at a provider; an organisation that is not there has none. */
  async hasProvider(organisation: string): Promise<boolean> {
    const found = await this.find(organisation);
    return Boolean(found?.signOn.provider);
  }

  /** Where to send the browser, and what it has to keep meanwhile. Throws `sign-on.provider-absent` or `-failed`. */
  async begin(organisation: string, returnTo: string, redirectUri: string): Promise<{ url: string; attempt: string }> {
    const provider = (await this.find(organisation))?.signOn.provider;
    if (!provider) throw new Fault(PROVIDER_ABSENT);
    const { url, state, nonce, verifier } = await challengeAt(provider, redirectUri);
    const attempt: Attempt = { organisation, state, nonce, verifier, returnTo, begunAt: Date.now() };
    return { url, attempt: Buffer.from(JSON.stringify(attempt)).toString('base64url') };
  }

  /** Who came back with `currentUrl`, in the browser that kept `attempt`. */
  async finish(currentUrl: URL, attemptText: string | undefined, origin: Origin): Promise<Arrived> {
    this.guesses.admit({ kind: 'state', origin });
    const attempt = attemptOf(attemptText);
    const state = currentUrl.searchParams.get('state') ?? '';
    const found = attempt && isSame(attempt.state, state) ? await this.find(attempt.organisation) : undefined;
    if (!attempt || !found?.signOn.provider) {
      countSignIn('oidc', 'unexpected');
      await this.guesses.record({ kind: 'state', origin }, state);
      throw new Fault(ANSWER_UNEXPECTED);
    }
    const { scope, signOn: { provider, settings } } = found;
    try {
      const { claims, idToken }: Arrival = await arrivalAt(provider, currentUrl, attempt);
      const userId = await this.people.arrive(scope, { ...settings, groupsClaim: provider.groupsClaim }, claims);
      return { scope, userId, returnTo: safeReturn(attempt.returnTo), idToken };
    } catch (error) {
      countSignIn('oidc', error instanceof Fault && error.kind === 'forbidden' ? 'refused' : 'failed');
      throw error;
    }
  }

  /** Where to sign out of the provider too; null where there is nothing to sign out of, or it can't be asked. */
  async endSessionUrl(scope: TenantScope, organisation: string, returnTo: string, idToken: string | null): Promise<string | null> {
    const { provider } = await this.settings.of(scope, organisation);
    return provider && endSessionUrlAt(provider, returnTo, idToken).catch(() => null);
  }

  private async find(organisation: string): Promise<{ scope: TenantScope; signOn: SignOn } | undefined> {
    const organisationId = await this.identities.findOrganisation(organisation);
    if (organisationId === undefined) return undefined;
    const scope = scopeOfService(organisationId, 'gateway');
    return { scope, signOn: await this.settings.of(scope, organisation) };
  }
}

/** Undefined for what this server did not give out, or too long ago. */
function attemptOf(text: string | undefined): Attempt | undefined {
  if (text === undefined || text.length > ATTEMPT_CHARS_MAX) return undefined;
  try {
    const attempt = Attempt.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return Date.now() - attempt.begunAt < ATTEMPT_LIFE_MS ? attempt : undefined;
  } catch {
    return undefined;
  }
}

function isSame(kept: string, sent: string): boolean {
  const [left, right] = [Buffer.from(kept), Buffer.from(sent)];
  return left.length === right.length && timingSafeEqual(left, right);
}
