import { type InputHTMLAttributes, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';

const INPUT = 'w-full rounded-md border border-strong-line bg-ground px-2.5 text-sm placeholder:text-quiet';

interface Labelled {
  label: string;
  isLabelHidden?: boolean;
  hint?: string;
}

export function TextField({ label, isLabelHidden = false, hint, className = '', ...rest }: InputHTMLAttributes<HTMLInputElement> & Labelled) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1 block text-sm text-quiet'}>{label}</label>
      <input id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} className={`${INPUT} min-h-8`} />
      {hint && <p id={`${id}-hint`} className="mt-1 text-xs text-quiet">{hint}</p>}
    </div>
  );
}

export function TextArea({ label, isLabelHidden = false, className = '', inputClassName = '', ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & Labelled & { inputClassName?: string }) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1 block text-sm text-quiet'}>{label}</label>
      <textarea id={id} {...rest} className={`${INPUT} py-2 ${inputClassName}`} />
    </div>
  );
}

/** The browser's own list: known to every keyboard, screen reader and phone. */
export function SelectField({ label, isLabelHidden = false, options, className = '', ...rest }: SelectHTMLAttributes<HTMLSelectElement> & Labelled & { options: readonly (readonly [value: string, label: string])[] }) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1 block text-sm text-quiet'}>{label}</label>
      <select id={id} {...rest} className={`${INPUT} min-h-8`}>
        {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </div>
  );
}
