import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { SelectField } from '../ui/field.js';
import { Badge, PageTitle, Rows, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { FeedbackList } from './feedback-list.js';

type Finding = Schema<'LintFinding'>;
const FINDINGS_MAX = 300;
const LOOKS = { error: 'danger', warning: 'warn', advice: 'plain' } as const;

const lintQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'lint'],
  staleTime: 60_000,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/lint', { params: { path: { ...place }, query: { limit: FINDINGS_MAX } }, signal })),
});

/** What is wrong with a wiki: by rules, and by what people said of its pages. */
export function LintPage() {
  const { workspace, project } = useParams({ from: '/w/$workspace/$project' });
  const place = { workspace, project };
  const { lint: words, count } = useStrings();
  const query = useQuery(lintQuery(place));
  return (
    <>
      <PageTitle title={words.title} of={project} above={query.data && words.looked(count.pages(query.data.pages))} />
      <div className="space-y-8">
        <Asked query={query} lines={8}>{({ counts, findings }) => (findings.length === 0 ? <Empty icon="check" title={words.none} hint={words.noneHint} /> : <Findings place={place} counts={counts} findings={findings} />)}</Asked>
        <FeedbackList place={place} />
      </div>
    </>
  );
}

function Findings({ place, counts, findings }: { place: Place; counts: Partial<Record<Finding['code'], number>>; findings: readonly Finding[] }) {
  const { lint: words } = useStrings();
  const [code, setCode] = useState<Finding['code'] | 'all'>('all');
  const codes = Object.entries(counts) as [Finding['code'], number][];
  const options = [['all', words.all] as const, ...codes.map(([each, number]) => [each, `${words.codes[each]} (${number})`] as const)];
  return (
    <Section title={words.findings} aside={<SelectField label={words.code} isLabelHidden value={code} onChange={(event) => setCode(event.target.value as Finding['code'] | 'all')} options={options} />}>
      <Rows label={words.findings}>{findings.filter((finding) => code === 'all' || finding.code === code).map((finding, index) => <FindingRow key={index} place={place} finding={finding} />)}</Rows>
    </Section>
  );
}

function FindingRow({ place, finding: { code, severity, pages, what, todo } }: { place: Place; finding: Finding }) {
  const { lint: words } = useStrings();
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2"><Badge look={LOOKS[severity]}>{words.severities[severity]}</Badge><span className="font-medium">{words.codes[code]}</span></div>
      <p className="mt-1 text-sm wrap-anywhere">{what}</p>
      <p className="text-sm text-quiet wrap-anywhere">{todo}</p>
      <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">{pages.map((path) => <li key={path}><Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: path }} className="font-mono text-xs text-accent wrap-anywhere hover:underline">{path}</Link></li>)}</ul>
    </li>
  );
}
