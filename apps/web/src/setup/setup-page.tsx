import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings.js';
import { PageTitle } from '../ui/layout.js';
import { CommandStep } from './command-step.js';
import { FirstEvent } from './first-event.js';

/** From nothing to an agent whose first event is here: one command, and waiting for it. */
export function SetupPage() {
  const { setup } = useStrings();
  return (
    <div className="mx-auto max-w-3xl">
      <PageTitle title={setup.title} />
      <p className="-mt-2 mb-6 text-quiet">{setup.lead}</p>
      <ol className="space-y-8">
        <Step number={1} title={setup.command} hint={setup.commandHint}><CommandStep /></Step>
        <Step number={2} title={setup.work} hint={setup.workHint} />
        <Step number={3} title={setup.watch} hint={setup.watchHint}><FirstEvent /></Step>
      </ol>
    </div>
  );
}

function Step({ number, title, hint, children }: { number: number; title: string; hint: string; children?: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-accent text-sm font-semibold text-on-accent">{number}</span>
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{title}</h2>
        <p className="mt-1 mb-3 text-sm text-quiet">{hint}</p>
        {children}
      </div>
    </li>
  );
}
