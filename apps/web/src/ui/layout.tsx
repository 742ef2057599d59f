import { useEffect, useRef, type ReactNode } from 'react';
import { useStrings } from '../strings/strings.js';

/** The head of a page: its title is the document's, and where the focus goes when somebody comes here by a link. */
export function PageTitle({ title, above, children, of }: { title: string; above?: ReactNode; children?: ReactNode; of?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { shell } = useStrings();
  useEffect(() => {
    document.title = [title, of, shell.untitled].filter(Boolean).join(' · ');
  }, [title, of, shell.untitled]);
  return (
    <header className="mb-5">
      {above && <div className="mb-1 text-sm text-quiet">{above}</div>}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h1 ref={heading} tabIndex={-1} className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
      </div>
    </header>
  );
}

/** A part of a page under a heading of its own. */
export function Section({ title, aside, children, className = '' }: { title: string; aside?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={className}>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="text-sm font-semibold text-quiet">{title}</h2>
        {aside && <div className="text-sm">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** Rows with a line between them. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-lg border border-line">{children}</ul>;
}

export function Badge({ children, look = 'plain' }: { children: ReactNode; look?: 'plain' | 'accent' | 'warn' | 'danger' }) {
  const looks = { plain: 'bg-hover text-quiet', accent: 'bg-accent-soft text-accent', warn: 'bg-warn-soft text-warn', danger: 'bg-danger-soft text-danger' };
  return <span className={`inline-flex items-center rounded px-1.5 py-px text-xs font-medium whitespace-nowrap ${looks[look]}`}>{children}</span>;
}
