import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import type { Role, TenantScope } from '#libs/tenancy';
import { IdentityRepository } from '../identity/identity.repository.js';
import { type AccountHolder, AccountsRepository } from './accounts.repository.js';
import type { Arrival } from './identity-provider.js';
import { groupsIn, isWelcome, roleOfGroups, type SignOnSettings } from './sign-on-settings.js';
import { PERSON_REFUSED } from './sign-on.faults.js';

const NAME_CHARS_MAX = 200;
const EMAIL = /^[^@\s]+@[^@\s]+$/;
/** What `git log` gives a meaning, and what no name has. */
const UNWANTED = /[\p{C}<>]/gu;

type Claims = Arrival['claims'];

/** Which user somebody is who comes from an identity provider: known by issuer and subject, never by an e-mail address. */
@Injectable()
export class PeopleService {
  constructor(private readonly db: TenantDb, private readonly accounts: AccountsRepository, private readonly identities: IdentityRepository) {}

  /** The user's id, with roles as their groups say now. Throws `sign-on.person-refused`. */
  async arrive(scope: TenantScope, settings: SignOnSettings, claims: Claims): Promise<string> {
    if (!isWelcome(settings, claims)) throw new Fault(PERSON_REFUSED, { sentence: 'Addresses of this domain may not sign in to this organisation.' });
    const account = { issuer: claims.iss, subject: claims.sub };
    return this.db.run(scope, async (tx) => {
      await this.accounts.lock(tx, account);
      const holder = (await this.accounts.findHolder(tx, account)) ?? (await this.holderInDirectory(tx, settings, claims)) ?? (await this.create(tx, settings, claims));
      if (holder.is_disabled) throw new Fault(PERSON_REFUSED, { sentence: 'Your user is disabled. Ask an owner of the organisation.' });
      const groups = groupsIn(claims, settings.groupsClaim);
      await this.accounts.save(tx, account, holder.user_id, groups);
      await this.joinGroups(tx, settings, holder.user_id, groups);
      if ((await this.applyRole(tx, settings, holder.user_id)) === null) throw new Fault(PERSON_REFUSED, { sentence: 'None of your groups may sign in to this organisation.' });
      return holder.user_id;
    });
  }

  /** Gives a user the role that their groups have, and says which; null where none has one. By hand where the organisation gives roles to no groups. */
  async applyRole(tx: TenantTx, settings: SignOnSettings, userId: string): Promise<Role | null | undefined> {
    if (Object.keys(settings.roles).length === 0) return undefined;
    const role = roleOfGroups(settings, await this.accounts.groupsOf(tx, userId));
    if (role !== null) await this.accounts.setRole(tx, userId, role);
    return role;
  }

  private async joinGroups(tx: TenantTx, settings: SignOnSettings, userId: string, claimed: readonly string[]): Promise<void> {
    const named = new Set(Object.values(settings.groups));
    const meant = new Set(claimed.flatMap((group) => (Object.hasOwn(settings.groups, group) ? [settings.groups[group]!] : [])));
    await this.accounts.setGroups(tx, userId, [...named].filter((group) => meant.has(group)), [...named].filter((group) => !meant.has(group)));
  }

  private async holderInDirectory(tx: TenantTx, { directoryClaim }: SignOnSettings, claims: Claims): Promise<AccountHolder | undefined> {
    const externalId = claims[directoryClaim];
    return typeof externalId === 'string' && externalId !== '' ? this.accounts.findInDirectory(tx, externalId) : undefined;
  }

  private async create(tx: TenantTx, settings: SignOnSettings, claims: Claims): Promise<AccountHolder> {
    const role = roleOfGroups(settings, groupsIn(claims, settings.groupsClaim));
    if (!settings.createsUsers || role === null) throw new Fault(PERSON_REFUSED);
    const email = typeof claims.email === 'string' && EMAIL.test(claims.email) ? claims.email.slice(0, 320) : '';
    for (const name of namesOf(claims)) {
      const user = await this.identities.insertUser(tx, { user_id: randomUUID(), name, email, role, is_operator: false });
      if (user) return { user_id: user.user_id, role, is_operator: false, is_disabled: false };
    }
    throw new Fault(PERSON_REFUSED);
  }
}

/** Names for a new user, the best first; the last is surely free. */
export function namesOf({ preferred_username: login, email, name, sub }: Claims): string[] {
  const given = [login, email, name].map((each) => (typeof each === 'string' ? each.replace(UNWANTED, '').trim().slice(0, NAME_CHARS_MAX) : '')).filter((each) => each !== '');
  return [...given, `${(given[0] ?? sub.replace(UNWANTED, '')).slice(0, NAME_CHARS_MAX - 9)} ${randomUUID().slice(0, 8)}`];
}
