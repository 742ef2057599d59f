import { useMemo } from 'react';
import { useStrings } from '../strings/strings.js';
import { type DiffLine, diffParts, sideBySide } from './line-diff.js';

const GROUND = { same: '', removed: 'bg-removed', added: 'bg-added' } as const;
const SIGN = { same: ' ', removed: '−', added: '+' } as const;

interface DiffViewProps {
  before: string;
  after: string;
  labels: readonly [string, string];
  isUnified?: boolean;
}

/** Two texts, line by line: beside each other, or in one column where the window is narrow or somebody likes that better. */
export function DiffView({ before, after, labels, isUnified = false }: DiffViewProps) {
  const { history } = useStrings();
  const parts = useMemo(() => diffParts(before, after), [before, after]);
  if (!parts.some(({ kind }) => kind === 'lines')) return <p className="rounded-lg border border-line px-3 py-6 text-center text-sm text-quiet">{history.noChange}</p>;
  return (
    <div className="overflow-x-auto rounded-lg border border-line" tabIndex={0} role="region" aria-label={`${labels[0]} – ${labels[1]}`}>
      <table className="w-full table-fixed border-collapse font-mono text-xs leading-5">
        <thead className="sr-only"><tr>{isUnified ? <th>{labels.join(' – ')}</th> : labels.map((label) => <th key={label}>{label}</th>)}</tr></thead>
        <tbody>
          {parts.map((part, index) => (part.kind === 'hidden'
            ? <tr key={index}><td colSpan={isUnified ? 1 : 2} className="bg-raised px-3 py-0.5 text-quiet">… {history.hidden(part.count)}</td></tr>
            : isUnified ? part.lines.map((line, at) => <tr key={`${index}-${at}`}><Cell line={line} number={line.after ?? line.before} /></tr>)
            : sideBySide(part.lines).map(([left, right], at) => <tr key={`${index}-${at}`}><Cell line={left} number={left?.before} /><Cell line={right} number={right?.after} isRight /></tr>)))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ line, number, isRight = false }: { line?: DiffLine; number?: number; isRight?: boolean }) {
  return (
    <td className={`align-top ${line ? GROUND[line.kind] : 'bg-raised'} ${isRight ? 'border-l border-line' : ''}`}>
      {line && <div className="flex"><span aria-hidden="true" className="w-9 shrink-0 pr-2 text-right text-quiet select-none">{number}</span><span className="w-4 shrink-0 select-none" aria-label={line.kind === 'same' ? undefined : line.kind} role={line.kind === 'same' ? undefined : 'img'}>{SIGN[line.kind]}</span><span className="min-w-0 pr-2 whitespace-pre-wrap wrap-anywhere">{line.text}</span></div>}
    </td>
  );
}
