import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { projectsQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { SelectField } from '../ui/field.js';
import type { SearchAddress } from './search-address.js';

const KINDS = ['session', 'rule', 'decision', 'gotcha', 'procedure', 'concept', 'investigation', 'runbook', 'fact', 'report', 'note'] as const;

export function SearchFilters({ address, onChange }: { address: SearchAddress; onChange: (next: SearchAddress) => void }) {
  const { search } = useStrings();
  const { data } = useQuery(projectsQuery);
  const places = useMemo(() => [['', search.everywhere], ...(data?.projects ?? []).map(({ workspace, project }) => [`${workspace}/${project}`, `${workspace}/${project}`])] as [string, string][], [data, search.everywhere]);
  const place = address.workspace && address.project ? `${address.workspace}/${address.project}` : '';
  const goTo = (value: string): void => {
    const [workspace, project] = value.split('/');
    onChange({ workspace: workspace || undefined, project });
  };
  const times = [['', search.anyTime], ['1', search.day], ['7', search.week], ['30', search.month], ['365', search.year]] as const;
  return (
    <fieldset className="mt-2 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-end">
      <legend className="sr-only">{search.filters}</legend>
      <SelectField label={search.in} value={place} onChange={(event) => goTo(event.target.value)} options={places} className="sm:w-52" />
      <SelectField label={search.kind} value={address.kind ?? ''} onChange={(event) => onChange({ kind: event.target.value || undefined })} options={[['', search.anyKind], ...KINDS.map((kind) => [kind, kind] as const)]} className="sm:w-36" />
      <SelectField label={search.after} value={String(address.days ?? '')} onChange={(event) => onChange({ days: Number(event.target.value) || undefined })} options={times} className="sm:w-36" />
      <label className="flex min-h-8 items-center gap-2 text-sm"><input type="checkbox" className="size-4 accent-accent" checked={address.explain ?? false} onChange={(event) => onChange({ explain: event.target.checked || undefined })} />{search.explain}</label>
    </fieldset>
  );
}
