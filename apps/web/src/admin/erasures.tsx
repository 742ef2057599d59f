import { useQueries, useQuery } from '@tanstack/react-query';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { CopyButton } from '../ui/copy-button.js';
import { Badge } from '../ui/layout.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { ERASED, erasuresQuery } from './data-queries.js';
import { usersQuery } from './people-queries.js';

/** What was erased, with the reports that prove it. */
export function Erasures() {
  const { data: words, people, language } = useStrings();
  const [projects, users] = useQueries({ queries: ERASED.map((of) => erasuresQuery(of)) });
  const { data: known } = useQuery(usersQuery);
  const nameOf = (id: string): string => known?.users.find(({ user_id: each }) => each === id)?.name ?? id.slice(0, 8);
  return (
    <Asked query={projects!} lines={3}>{({ erasures: ofProjects, public_key: key }) => {
      const all = [...ofProjects, ...(users?.data?.erasures ?? [])].toSorted((a, b) => b.requested_at.localeCompare(a.requested_at));
      if (all.length === 0) return <p className="text-sm text-quiet">{words.noErasures}</p>;
      return (
        <Table label={words.erasures} rows={all} keyOf={({ erasure_id: id }) => id} columns={[
          { label: words.what, cell: ({ project_id: project, user_id: user, done }) => <span className="flex flex-wrap items-center gap-1.5"><span>{user ? words.person : words.project}</span><code className="font-mono text-xs text-quiet">{(user ?? project ?? '').slice(0, 8)}</code>{!done && <Badge look="accent">{words.underWay}</Badge>}</span> },
          { label: words.by, isSecondary: true, cell: ({ requested_by: id }) => nameOf(id) },
          { label: words.when, className: 'text-quiet', cell: ({ requested_at: at }) => <TimeAgo at={at} /> },
          { label: words.rows, className: 'tabular-nums', cell: ({ rows }) => Object.values(rows).reduce((sum, count) => sum + count, 0).toLocaleString(language.code) },
          { label: people.actions, isActions: true, cell: ({ report, signature, erasure_id: id }) => report && <CopyButton label={`${words.copyReport} ${id.slice(0, 8)}`} text={() => JSON.stringify({ report, signature, public_key: key }, null, 2)} /> },
        ]} />
      );
    }}</Asked>
  );
}
