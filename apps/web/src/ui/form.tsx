import { createContext, type FormEvent, type ReactNode, useContext, useState } from 'react';
import { fieldProblems } from '../api/problem.js';
import { Icon } from './icon.js';

const FieldProblems = createContext<ReadonlyMap<string, string>>(new Map());

/** What the server said of a field of the form around, by the name that the field has in the request. */
export function useFieldProblem(name: string | undefined): string | undefined {
  return useContext(FieldProblems).get(name ?? '');
}

/** A form that shows at its fields what the server refused in them, and at its end what is about none of them. */
export function Form({ error, onSubmit, children, className = 'space-y-4' }: { error?: unknown; onSubmit: () => void; children: ReactNode; className?: string }) {
  const [names, setNames] = useState<readonly string[]>([]);
  const problems = fieldProblems(error);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // A dialog within a form is below it for React, though not in the document.
    event.stopPropagation();
    setNames([...event.currentTarget.elements].map((element) => element.getAttribute('name') ?? ''));
    onSubmit();
  };
  const isPlaced = problems.size > 0 && [...problems.keys()].every((name) => names.includes(name));
  return (
    <FieldProblems value={problems}>
      <form onSubmit={submit} className={className}>
        {children}
        {error instanceof Error && !isPlaced && <p role="alert" className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger wrap-anywhere"><Icon name="warning" className="mt-0.5" />{error.message}</p>}
      </form>
    </FieldProblems>
  );
}

/** The buttons at the end of a form. */
export function FormButtons({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-1">{children}</div>;
}
