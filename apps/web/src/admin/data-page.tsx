import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { buttonClass } from '../ui/button.js';
import { CheckField } from '../ui/field.js';
import { PageTitle, Section } from '../ui/layout.js';
import { tellFailure } from '../ui/toasts.js';
import { erasurePolicyQuery } from './data-queries.js';
import { EraseOrganisation } from './erase-organisation.js';
import { Erasures } from './erasures.js';
import { Holds } from './holds.js';

/** All that is held: to take along, to hold on to, and to have gone. */
export function DataPage() {
  const { admin, data: words } = useStrings();
  const { data: me } = useQuery(meQuery);
  return (
    <div className="space-y-8">
      <PageTitle title={admin.data} of={admin.title} />
      <Section title={words.export}>
        <p className="mb-3 max-w-2xl text-sm text-quiet">{words.exportHint}</p>
        <div className="flex flex-wrap gap-2">
          <a href="/api/v1/data/organisation" download className={buttonClass()}>{words.exportOrganisation}</a>
          <a href="/api/v1/data/mine" download className={buttonClass()}>{words.exportMine}</a>
        </div>
      </Section>
      <Section title={words.holds}><Holds /></Section>
      <Section title={words.erasures}><Policy /><Erasures /></Section>
      {me?.user.role === 'owner' && <Section title={words.end}><EraseOrganisation name={me.organisation.name} /></Section>}
    </div>
  );
}

function Policy() {
  const { data: words, forms } = useStrings();
  const query = useQuery(erasurePolicyQuery);
  const change = useChange((byOneself: boolean) => ask(api.PUT('/api/v1/erasures/policy', { body: { by_oneself: byOneself } })), { changes: [['admin', 'erasure-policy']], told: forms.saved });
  return (
    <Asked query={query} lines={1}>{({ by_oneself: byOneself }) => (
      <CheckField label={words.byOneself} hint={words.byOneselfHint} checked={byOneself} disabled={change.isPending} onChange={(event) => change.mutate(event.target.checked, { onError: tellFailure })} className="mb-4" />
    )}</Asked>
  );
}
