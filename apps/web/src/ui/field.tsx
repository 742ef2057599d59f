import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId, useMemo } from 'react';
import { useFieldProblem } from './form.js';

const INPUT = 'w-full rounded-md border border-strong-line bg-ground px-2.5 text-sm placeholder:text-quiet aria-invalid:border-danger';

interface Labelled {
  label: string;
  isLabelHidden?: boolean;
  hint?: string;
}

/** What else a field's input is told by: its hint, and what the server said of it. */
function describing(id: string, hint: string | undefined, problem: string | undefined) {
  const ids = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': problem ? true : undefined };
}

function Surrounded({ id, label, isLabelHidden, hint, problem, className, children }: Labelled & { id: string; problem?: string; className: string; children: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1 block text-sm text-quiet'}>{label}</label>
      {children}
      {problem && <p id={`${id}-problem`} role="alert" className="mt-1 text-xs text-danger">{problem}</p>}
      {hint && <p id={`${id}-hint`} className="mt-1 text-xs text-quiet">{hint}</p>}
    </div>
  );
}

export function TextField({ label, isLabelHidden = false, hint, className = '', ...rest }: InputHTMLAttributes<HTMLInputElement> & Labelled) {
  const id = useId();
  const problem = useFieldProblem(rest.name);
  return (
    <Surrounded {...{ id, label, isLabelHidden, hint, problem, className }}>
      <input id={id} {...describing(id, hint, problem)} {...rest} className={`${INPUT} min-h-8`} />
    </Surrounded>
  );
}

export function TextArea({ label, isLabelHidden = false, hint, className = '', inputClassName = '', ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & Labelled & { inputClassName?: string }) {
  const id = useId();
  const problem = useFieldProblem(rest.name);
  return (
    <Surrounded {...{ id, label, isLabelHidden, hint, problem, className }}>
      <textarea id={id} {...describing(id, hint, problem)} {...rest} className={`${INPUT} py-2 ${inputClassName}`} />
    </Surrounded>
  );
}

/** The browser's own list: known to every keyboard, screen reader and phone. Options that stay the same array are rendered once, however many. */
export function SelectField({ label, isLabelHidden = false, hint, options, className = '', ...rest }: SelectHTMLAttributes<HTMLSelectElement> & Labelled & { options: readonly (readonly [value: string, label: string])[] }) {
  const id = useId();
  const problem = useFieldProblem(rest.name);
  const listed = useMemo(() => options.map(([value, text]) => <option key={value} value={value}>{text}</option>), [options]);
  return (
    <Surrounded {...{ id, label, isLabelHidden, hint, problem, className }}>
      <select id={id} {...describing(id, hint, problem)} {...rest} className={`${INPUT} min-h-8`}>
        {listed}
      </select>
    </Surrounded>
  );
}

export function CheckField({ label, hint, className = '', ...rest }: InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <div className={`flex items-start gap-2 ${className}`}>
      <input id={id} type="checkbox" aria-describedby={hint ? `${id}-hint` : undefined} {...rest} className="mt-0.5 size-4 shrink-0 accent-accent" />
      <div>
        <label htmlFor={id} className="text-sm">{label}</label>
        {hint && <p id={`${id}-hint`} className="text-xs text-quiet">{hint}</p>}
      </div>
    </div>
  );
}
