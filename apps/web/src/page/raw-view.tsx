import type { Schema } from 'ai-memory-api-client';
import { CopyButton } from '../ui/copy-button.js';

/** The text of a page as it is stored, without its metadata. */
export function RawView({ page }: { page: Schema<'Page'> }) {
  return (
    <div className="relative">
      <pre tabIndex={0} role="region" aria-label={page.path} className="overflow-x-auto rounded-lg border border-line bg-raised p-4 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">{page.body}</pre>
      <CopyButton text={page.body} className="absolute top-2 right-2" />
    </div>
  );
}
