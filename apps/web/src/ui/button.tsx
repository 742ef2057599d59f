import type { ButtonHTMLAttributes } from 'react';

const BASE = 'inline-flex items-center justify-center gap-1.5 rounded-md px-2.5 min-h-8 text-sm font-medium select-none disabled:opacity-55 disabled:cursor-not-allowed transition-colors';
const LOOKS = {
  plain: 'border border-line bg-ground hover:bg-hover',
  primary: 'bg-accent text-on-accent hover:opacity-90',
  quiet: 'text-quiet hover:bg-hover hover:text-ink',
  danger: 'border border-line text-danger hover:bg-danger-soft',
} as const;

export type ButtonLook = keyof typeof LOOKS;

/** Also for links that look like a button. */
export function buttonClass(look: ButtonLook = 'plain', more = ''): string {
  return `${BASE} ${LOOKS[look]} ${more}`;
}

export function Button({ look = 'plain', className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={buttonClass(look, className)} />;
}
