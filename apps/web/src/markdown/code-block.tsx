import { isValidElement, type ReactNode, useRef } from 'react';
import { useStrings } from '../strings/strings.js';
import { CopyButton } from '../ui/copy-button.js';

/** A block of code with its language, and a way to take it along. Diagrams are shown as they are written: drawing them would need scripts from a page's text. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const { page } = useStrings();
  const block = useRef<HTMLPreElement>(null);
  const language = isValidElement<{ className?: string }>(children) ? /language-([\w-]+)/.exec(children.props.className ?? '')?.[1] : undefined;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-raised">
      <div className="flex items-center justify-between border-b border-line pr-1 pl-4 text-xs text-quiet">
        <span>{language === 'mermaid' ? page.diagram : (language ?? page.code)}</span>
        <CopyButton text={() => block.current?.textContent ?? ''} label={page.copyCode} />
      </div>
      <pre ref={block} tabIndex={0} role="region" aria-label={language === 'mermaid' ? page.diagram : (language ?? page.code)}>{children}</pre>
    </div>
  );
}
