import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { SelectField } from '../ui/field.js';
import { Badge, PageTitle, Rows } from '../ui/layout.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { HappeningRow } from './happening-row.js';
import { useHappenings } from './use-happenings.js';

const KINDS = ['all', 'event', 'page'] as const;
type Kind = (typeof KINDS)[number];

/** What agents and people do in a project, while they do it. */
export function ActivityPage() {
  const { workspace, project } = useParams({ from: '/w/$workspace/$project' });
  const { activity: words } = useStrings();
  const { happenings, isLive, query } = useHappenings({ workspace, project });
  const [kind, setKind] = useState<Kind>('all');
  const shown = happenings.filter(({ type }) => kind === 'all' || type === kind);
  return (
    <>
      <PageTitle title={words.title} of={project} above={<span role="status"><Badge look={isLive ? 'accent' : 'plain'}>{isLive ? words.live : words.polled}</Badge></span>}>
        <SelectField label={words.show} isLabelHidden value={kind} onChange={(event) => setKind(event.target.value as Kind)} options={KINDS.map((each) => [each, words.filters[each]] as const)} />
      </PageTitle>
      {query.error && happenings.length === 0 ? <Problem error={query.error} onRetry={() => void query.refetch()} />
        : query.isPending && happenings.length === 0 ? <Loading lines={10} />
        : shown.length === 0 ? <Empty icon="pulse" title={words.none} hint={words.noneHint} />
        : <Rows label={words.title}>{shown.map((each) => <HappeningRow key={each.id} happening={each} />)}</Rows>}
    </>
  );
}
