import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useStrings } from '../strings/strings.js';
import { Button, buttonClass } from './button.js';
import { Icon, type IconName } from './icon.js';

/** Nothing is there yet: says what would make something appear. */
export function Empty({ icon = 'page', title, hint, children }: { icon?: IconName; title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-line px-6 py-10 text-center">
      <Icon name={icon} className="size-6 text-quiet" />
      <p className="mt-3 font-medium">{title}</p>
      {hint && <p className="mt-1 max-w-md text-sm text-quiet">{hint}</p>}
      {children && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** Grey bars where text will be: as high as what replaces them, so that nothing jumps. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const strings = useStrings();
  return (
    <div role="status" className="space-y-2.5">
      <span className="sr-only">{strings.shell.loading}</span>
      {Array.from({ length: lines }, (_, index) => <div key={index} aria-hidden="true" className={`h-4 rounded bg-hover motion-safe:animate-pulse ${['w-5/6', 'w-2/3', 'w-3/4', 'w-1/2'][index % 4]}`} />)}
    </div>
  );
}

/** What went wrong, and what to do. */
export function Problem({ error, onRetry, isWholePage = false }: { error: unknown; onRetry?: () => void; isWholePage?: boolean }) {
  const Title = isWholePage ? 'h1' : 'p';
  const strings = useStrings();
  const problem = error instanceof ApiProblem ? error : undefined;
  const [title, hint] = problem?.status === 404 ? [strings.problem.notFound, strings.problem.notFoundHint]
    : problem?.status === 403 ? [strings.problem.forbidden, problem.message]
    : problem ? [strings.problem.title, problem.message] : [strings.problem.unreachable, strings.problem.unreachableHint];
  return (
    <div role="alert" className="flex flex-col items-center rounded-lg border border-line px-6 py-10 text-center">
      <Icon name="warning" className="size-6 text-warn" />
      <Title className="mt-3 font-medium">{title}</Title>
      <p className="mt-1 max-w-md text-sm text-quiet">{hint}</p>
      {problem?.traceId && problem.status >= 500 && <p className="mt-2 font-mono text-xs text-quiet">{strings.problem.trace(problem.traceId)}</p>}
      <div className="mt-4 flex gap-2">
        {onRetry && problem?.status !== 404 && <Button onClick={onRetry}>{strings.problem.retry}</Button>}
        <Link to="/" className={buttonClass('quiet')}>{strings.problem.home}</Link>
      </div>
    </div>
  );
}
