import type { Schema } from 'ai-memory-api-client';
import { type ReactNode, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { Badge } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';

type Values = Schema<'AuditEntry'>['entry']['before'];

/** One entry of the audit; what was before and after is shown when it is opened. */
export function AuditRow({ entry, position, hash }: Schema<'AuditEntry'>) {
  const { audit } = useStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex w-full items-center gap-2 px-3 py-2 text-left text-sm hover:bg-raised focus-visible:-outline-offset-2">
        <Icon name="chevron" className={`size-3.5 text-quiet transition-transform ${isOpen ? 'rotate-90' : ''}`} />
        <span className="min-w-0 flex-1 truncate"><span className="font-medium">{entry.actor.name ?? entry.actor.id}</span> <span className="font-mono text-xs">{entry.action}</span> <span className="text-quiet">{entry.target}</span></span>
        {entry.count > 1 && <Badge>{entry.count}×</Badge>}
        {entry.result === 'refused' && <Badge look="warn">{audit.refused}</Badge>}
        <TimeAgo at={entry.at} className="w-24 shrink-0 text-right text-xs text-quiet" />
      </button>
      {isOpen && (
        <dl className="grid gap-x-4 gap-y-1 border-t border-line bg-raised px-4 py-3 text-xs sm:grid-cols-[8rem_1fr]">
          <Detail label={audit.target}>{entry.target}</Detail>
          <Detail label={audit.actor}>{`${entry.actor.type} ${entry.actor.id}${entry.actor.token_id ? `, token ${entry.actor.token_id}` : ''}`}</Detail>
          <Detail label={audit.address}>{[entry.from.address, entry.from.client].filter(Boolean).join(', ') || '–'}</Detail>
          {entry.request_id && <Detail label={audit.request}>{entry.request_id}</Detail>}
          <Detail label={audit.before}><Listed values={entry.before} /></Detail>
          <Detail label={audit.after}><Listed values={entry.after} /></Detail>
          <Detail label={audit.position}>{`${position}, ${hash}`}</Detail>
        </dl>
      )}
    </li>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return <><dt className="text-quiet">{label}</dt><dd className="font-mono wrap-anywhere">{children}</dd></>;
}

function Listed({ values }: { values: Values }) {
  if (values === null) return '–';
  return Object.entries(values).map(([name, value]) => <span key={name} className="block">{name}: {Array.isArray(value) ? value.join(', ') : String(value)}</span>);
}
