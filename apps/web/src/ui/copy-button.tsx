import { useEffect, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from './icon.js';
import { tellFailure } from './toasts.js';

const SHOWN_MS = 1_500;

/** Puts a text where it can be pasted, and says so. */
export function CopyButton({ text, label, className = '' }: { text: string | (() => string); label?: string; className?: string }) {
  const { shell } = useStrings();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => void navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(() => setCopied(true), tellFailure);
  return (
    <button type="button" onClick={copy} aria-label={isCopied ? shell.copied : (label ?? shell.copy)} className={`grid size-7 place-items-center rounded bg-raised text-quiet hover:bg-hover hover:text-ink ${className}`}>
      <Icon name={isCopied ? 'check' : 'copy'} className="size-3.5" />
    </button>
  );
}
