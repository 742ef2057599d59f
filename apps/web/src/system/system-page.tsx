import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../api/queries.js';
import { NotFound } from '../shell/broken.js';
import { isOperator } from '../shell/navigation.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Badge, PageTitle, Section } from '../ui/layout.js';
import { Table } from '../ui/table.js';
import { DeadLetters } from './dead-letters.js';
import { IndexHealth } from './index-health.js';
import { OrganisationLimits } from './organisation-limits.js';
import { systemQuery } from './system-queries.js';

/** How the installation is, for who runs it. For others there is nothing here. */
export function SystemPage() {
  const { data: me } = useQuery(meQuery);
  return isOperator(me) ? <SystemState /> : <NotFound />;
}

function SystemState() {
  const { shell, system, language } = useStrings();
  const query = useQuery(systemQuery);
  const number = (value: number): string => value.toLocaleString(language.code);
  return (
    <div className="mx-auto max-w-5xl space-y-8">
      <PageTitle title={shell.system} above={query.data && system.version(query.data.version)} />
      <Asked query={query} lines={12}>{({ services, outboxes, index, dead_letters: letters }) => (
        <>
          <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
            <Figure label={system.services} isBad={services.some(({ reachable }) => !reachable)}>{services.filter(({ reachable }) => reachable).length} / {services.length}</Figure>
            <Figure label={system.waiting}>{number(outboxes.reduce((sum, { waiting }) => sum + waiting, 0))}</Figure>
            <Figure label={system.behind} isBad={index.organisations_behind > 0}>{number(index.organisations_behind)}</Figure>
            <Figure label={system.deadLetters} isBad={letters.total > 0}>{number(letters.total)}</Figure>
          </div>
          <Section title={system.services}>
            <Table label={system.services} rows={services} keyOf={({ name }) => name} columns={[
              { label: system.service, cell: ({ name }) => <span className="font-medium">{name}</span> },
              { label: system.state, cell: ({ reachable }) => <Badge look={reachable ? 'accent' : 'danger'}>{reachable ? system.reachable : system.silent}</Badge> },
              { label: system.took, className: 'text-right tabular-nums', cell: ({ milliseconds }) => `${number(milliseconds)} ms` },
            ]} />
          </Section>
          <Section title={system.outboxes}>
            <Table label={system.outboxes} rows={outboxes} keyOf={({ app }) => app} columns={[
              { label: system.service, cell: ({ app }) => <span className="font-medium">{app}</span> },
              { label: system.waiting, className: 'tabular-nums', cell: ({ waiting }) => number(waiting) },
              { label: system.oldest, className: 'text-right tabular-nums', cell: ({ oldest_seconds: seconds }) => system.seconds(number(Math.round(seconds))) },
            ]} />
          </Section>
          <Section title={system.index}><IndexHealth /></Section>
          <Section title={system.deadLetters}><DeadLetters /></Section>
          <Section title={system.limits}><OrganisationLimits /></Section>
        </>
      )}</Asked>
    </div>
  );
}

function Figure({ label, isBad = false, children }: { label: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className={`rounded-lg border p-3 ${isBad ? 'border-danger' : 'border-line'}`}>
      <p className="text-xs text-quiet">{label}</p>
      <p className={`mt-1 text-xl font-semibold tabular-nums ${isBad ? 'text-danger' : ''}`}>{children}</p>
    </div>
  );
}
