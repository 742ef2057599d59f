import { isValidElement, type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import { whenIdle } from '../shell/when-idle.js';
import { useStrings } from '../strings/strings.js';
import { CopyButton } from '../ui/copy-button.js';

/** Longer code stays without colours: they would hold up who reads it. */
const COLOURED_CHARS_MAX = 40_000;

/** A block of code with its language, and a way to take it along. Diagrams are shown as they are written: drawing them would need scripts from a page's text. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const { page } = useStrings();
  const block = useRef<HTMLPreElement>(null);
  const { className, children: code } = isValidElement<{ className?: string; children?: ReactNode }>(children) ? children.props : {};
  const language = /language-([\w-]+)/.exec(className ?? '')?.[1];
  const colours = useColours(language, typeof code === 'string' ? code : '');
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-raised">
      <div className="flex items-center justify-between border-b border-line pr-1 pl-4 text-xs text-quiet">
        <span>{language === 'mermaid' ? page.diagram : (language ?? page.code)}</span>
        <CopyButton text={() => block.current?.textContent ?? ''} label={page.copyCode} />
      </div>
      <pre ref={block} tabIndex={0} role="region" aria-label={language === 'mermaid' ? page.diagram : (language ?? page.code)}>{colours ? <code className={className}>{colours}</code> : children}</pre>
    </div>
  );
}

/** The same text in its colours, once there is time to find them. */
function useColours(language: string | undefined, code: string): ReactNode {
  const [found, setFound] = useState<{ code: string; colours: ReactNode }>();
  useEffect(() => {
    if (language === undefined || code === '' || code.length > COLOURED_CHARS_MAX) return;
    let isGone = false;
    const stop = whenIdle(() => void import('./code-colours.js').then(({ coloured }) => startTransition(() => { if (!isGone) setFound({ code, colours: coloured(language, code) }); })));
    return () => {
      isGone = true;
      stop();
    };
  }, [language, code]);
  return found?.code === code ? found.colours : undefined;
}
