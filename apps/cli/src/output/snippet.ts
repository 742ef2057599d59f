import { oneLine } from './table.js';

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** A search snippet (escaped HTML with `<mark>`) as text for a terminal. */
export function snippetText(html: string, mark: (text: string) => string): string {
  return oneLine(html).split(/(<mark>.*?<\/mark>)/).map((part) => {
    const marked = /^<mark>(.*)<\/mark>$/.exec(part)?.[1];
    return marked === undefined ? unescaped(part) : mark(unescaped(marked));
  }).join('');
}

function unescaped(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);
}
