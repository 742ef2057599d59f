import { useQuery } from '@tanstack/react-query';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { PageTitle, Section } from '../ui/layout.js';
import { Meter } from '../ui/meter.js';
import { Table } from '../ui/table.js';
import { bytesText, dollarsText } from './amount-text.js';
import { usageQuery } from './settings-queries.js';

/** What the organisation used and keeps, against what it may. */
export function UsagePage() {
  const { admin, usage, language } = useStrings();
  const query = useQuery(usageQuery);
  const number = (value: number): string => value.toLocaleString(language.code);
  return (
    <>
      <PageTitle title={admin.usage} of={admin.title} />
      <Asked query={query} lines={12}>{({ limits, stored: { observations, pages }, models, days }) => {
        const rows = observations.rows + pages.rows;
        const bytes = observations.bytes + pages.bytes;
        return (
          <div className="space-y-8">
            <Section title={usage.kept}>
              <div className="grid gap-4 sm:grid-cols-2">
                <Meter label={usage.rows} value={rows} max={limits?.stored.rows} text={number} />
                <Meter label={usage.bytes} value={bytes} max={limits?.stored.bytes} text={(value) => bytesText(value, language.code)} />
                <Meter label={usage.tokens(models.month)} value={models.tokens} max={models.monthly_cap_tokens} text={number} />
                <Meter label={usage.cost(models.month)} value={models.cost_usd} max={models.monthly_cap_usd ?? undefined} text={(value) => dollarsText(value, language.code)} />
              </div>
            </Section>
            <Section title={usage.limits}>
              {limits === null ? <p className="text-sm text-quiet">{usage.unlimited}</p> : (
                <Table label={usage.limits} rows={(['organisation', 'user', 'token'] as const).map((whose) => ({ whose, ...limits[whose] }))} keyOf={({ whose }) => whose} columns={[
                  { label: usage.of, cell: ({ whose }) => usage.whose[whose] },
                  { label: usage.requests, cell: ({ requests }) => number(requests) }, { label: usage.events, cell: ({ events }) => number(events) }, { label: usage.searches, cell: ({ searches }) => number(searches) },
                ]} />
              )}
            </Section>
            <Section title={usage.days}>
              {days.length === 0 ? <p className="text-sm text-quiet">{usage.unused}</p> : (
                <Table label={usage.days} rows={days} keyOf={({ day }) => day} columns={[
                  { label: usage.day, cell: ({ day }) => day },
                  { label: usage.requests, cell: ({ requests }) => number(requests) }, { label: usage.events, cell: ({ events }) => number(events) }, { label: usage.searches, isSecondary: true, cell: ({ searches }) => number(searches) }, { label: usage.refused, cell: ({ refused }) => number(refused) },
                ]} />
              )}
            </Section>
          </div>
        );
      }}</Asked>
    </>
  );
}
