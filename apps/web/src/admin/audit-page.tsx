import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button, buttonClass } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { PageTitle, Rows } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { type AuditAddress, auditQueryOf } from './audit-address.js';
import { AuditRow } from './audit-row.js';

const ENTRIES_AT_A_TIME = 50;

const auditQuery = (address: AuditAddress) => infiniteQueryOptions({
  queryKey: ['admin', 'audit', address],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/audit', { params: { query: { ...auditQueryOf(address), limit: ENTRIES_AT_A_TIME, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

/** Who did what, the last first. */
export function AuditPage() {
  const { admin, audit, shell } = useStrings();
  const address = useSearch({ from: '/admin/audit' });
  const query = useInfiniteQuery(auditQuery(address));
  const verify = useChange(() => ask(api.GET('/api/v1/audit/verify')), { changes: [], onDone: ({ ok, entries, broken }) => (ok ? tell(audit.whole(entries)) : tell(audit.broken(broken?.position ?? 0), { isFailure: true })) });
  return (
    <>
      <PageTitle title={admin.audit} of={admin.title}>
        <Button disabled={verify.isPending} onClick={() => verify.mutate(undefined, { onError: tellFailure })}>{audit.verify}</Button>
        <a href={`/api/v1/audit/export?${new URLSearchParams(auditQueryOf(address)).toString()}`} download="audit.ndjson" className={buttonClass()}>{audit.export}</a>
      </PageTitle>
      <AuditFilters key={JSON.stringify(address)} address={address} />
      <Asked query={query} lines={10}>{({ pages }) => {
        const entries = pages.flatMap(({ entries: some }) => some);
        if (entries.length === 0) return <Empty icon="history" title={audit.none} hint={audit.noneHint} />;
        return (
          <>
            <Rows label={admin.audit}>{entries.map((entry) => <AuditRow key={entry.hash} {...entry} />)}</Rows>
            {query.hasNextPage && <Button className="mt-3" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{shell.older}</Button>}
          </>
        );
      }}</Asked>
    </>
  );
}

function AuditFilters({ address }: { address: AuditAddress }) {
  const { audit, search } = useStrings();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(address);
  const field = (name: keyof AuditAddress) => ({ value: draft[name] ?? '', maxLength: 200, onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value || undefined }) });
  return (
    <form role="search" aria-label={search.filters} onSubmit={(event) => { event.preventDefault(); void navigate({ to: '/admin/audit', search: draft }); }} className="mb-4 grid grid-cols-2 items-end gap-2 md:grid-cols-[1fr_1fr_1fr_9rem_9rem_auto]">
      <TextField label={audit.actor} {...field('actor')} />
      <TextField label={audit.action} placeholder="token.created" {...field('action')} />
      <TextField label={audit.target} {...field('target')} />
      <TextField label={audit.from} type="date" {...field('from')} />
      <TextField label={audit.to} type="date" {...field('to')} />
      <Button type="submit">{audit.filter}</Button>
    </form>
  );
}
