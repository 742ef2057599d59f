import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { CheckField, SelectField, TextArea, TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { PageTitle, Section } from '../ui/layout.js';
import { pairsOf, textOfPairs } from './mapping-text.js';
import { type Role, ROLES } from './people-queries.js';
import { type SignOnSettings, signOnQuery } from './settings-queries.js';

/** How people come in: by an identity provider, by passwords, and whom a directory provisions. */
export function SignOnPage() {
  const { admin, signOn } = useStrings();
  const query = useQuery(signOnQuery);
  return (
    <div className="space-y-8">
      <div><PageTitle title={admin.signOn} of={admin.title} /><Asked query={query} lines={12}>{({ settings }) => <SignOnForm key={JSON.stringify(settings)} settings={settings} />}</Asked></div>
      <Section title={signOn.directory}>
        <p className="max-w-2xl text-sm text-quiet">{signOn.directoryHint}</p>
        <Address label={signOn.directoryAddress} address={`${window.location.origin}/scim/v2`} />
        <p className="mt-3 flex gap-4 text-sm"><Link to="/admin/service-accounts" className="text-accent hover:underline">{admin.serviceAccounts}</Link><Link to="/admin/tokens" className="text-accent hover:underline">{admin.tokens}</Link></p>
      </Section>
    </div>
  );
}

function Address({ label, address }: { label: string; address: string }) {
  return (
    <div className="mt-3">
      <p className="mb-1 text-sm text-quiet">{label}</p>
      <div className="flex max-w-2xl items-center gap-2 rounded-md border border-line bg-raised px-2.5 py-1"><code className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{address}</code><CopyButton text={address} /></div>
    </div>
  );
}

interface Draft {
  enabled: boolean;
  issuer: string;
  clientId: string;
  clientSecret: string;
  passwords: boolean;
  createsUsers: boolean;
  defaultRole: Role | '';
  domains: string;
  roles: string;
  groups: string;
}

function draftOf(settings: SignOnSettings): Draft {
  return {
    enabled: settings.enabled, issuer: settings.issuer ?? '', clientId: settings.client_id ?? '', clientSecret: '', passwords: settings.passwords, createsUsers: settings.creates_users, defaultRole: settings.default_role ?? '',
    domains: settings.email_domains.join(', '), roles: textOfPairs(settings.roles), groups: textOfPairs(settings.groups),
  };
}

/** Whole, as the server takes it: what is not asked for here stays as it was. */
function bodyOf({ enabled, issuer, clientId, clientSecret, passwords, createsUsers, defaultRole, domains, roles, groups }: Draft, { scopes, groups_claim, directory_claim }: SignOnSettings) {
  return {
    enabled, issuer: issuer || null, client_id: clientId || null, ...(clientSecret ? { client_secret: clientSecret } : {}), passwords, creates_users: createsUsers, default_role: defaultRole || null,
    email_domains: domains.split(',').map((domain) => domain.trim()).filter(Boolean), roles: pairsOf(roles) as Record<string, Role>, groups: pairsOf(groups), scopes, groups_claim, directory_claim,
  };
}

function SignOnForm({ settings }: { settings: SignOnSettings }) {
  const { signOn, people, forms } = useStrings();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const save = useChange(() => ask(api.PUT('/api/v1/sign-on-settings', { body: bodyOf(draft, settings) })), { changes: [['admin', 'sign-on']], told: forms.saved });
  return (
    <Form error={save.error} onSubmit={() => save.mutate(undefined)} className="max-w-2xl space-y-4">
      <CheckField name="passwords" label={signOn.passwords} hint={signOn.passwordsHint} checked={draft.passwords} onChange={(event) => setDraft({ ...draft, passwords: event.target.checked })} />
      <CheckField name="enabled" label={signOn.enabled} hint={settings.installation_issuer ? signOn.ofInstallation(settings.installation_issuer) : signOn.enabledHint} checked={draft.enabled} onChange={(event) => setDraft({ ...draft, enabled: event.target.checked })} />
      <Address label={signOn.redirect} address={settings.redirect_uri} />
      <TextField name="issuer" type="url" label={signOn.issuer} placeholder="https://login.example.com" value={draft.issuer} onChange={(event) => setDraft({ ...draft, issuer: event.target.value })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="client_id" label={signOn.clientId} value={draft.clientId} onChange={(event) => setDraft({ ...draft, clientId: event.target.value })} />
        <TextField name="client_secret" type="password" autoComplete="new-password" label={signOn.clientSecret} hint={settings.has_client_secret ? signOn.hasSecret : undefined} value={draft.clientSecret} onChange={(event) => setDraft({ ...draft, clientSecret: event.target.value })} />
      </div>
      <CheckField name="creates_users" label={signOn.createsUsers} hint={signOn.createsUsersHint} checked={draft.createsUsers} onChange={(event) => setDraft({ ...draft, createsUsers: event.target.checked })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="default_role" label={signOn.defaultRole} value={draft.defaultRole} options={[['', signOn.noRole], ...ROLES.map((role) => [role, people.roles[role]] as const)]} onChange={(event) => setDraft({ ...draft, defaultRole: event.target.value as Role | '' })} />
        <TextField name="email_domains" label={signOn.domains} hint={signOn.domainsHint} value={draft.domains} onChange={(event) => setDraft({ ...draft, domains: event.target.value })} />
        <TextArea name="roles" label={signOn.roles} hint={signOn.rolesHint} rows={4} value={draft.roles} onChange={(event) => setDraft({ ...draft, roles: event.target.value })} inputClassName="font-mono text-xs" />
        <TextArea name="groups" label={signOn.groups} hint={signOn.groupsHint} rows={4} value={draft.groups} onChange={(event) => setDraft({ ...draft, groups: event.target.value })} inputClassName="font-mono text-xs" />
      </div>
      <FormButtons><Button type="submit" look="primary" disabled={save.isPending}>{save.isPending ? forms.working : forms.save}</Button></FormButtons>
    </Form>
  );
}
