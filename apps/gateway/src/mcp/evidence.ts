import { EVIDENCE_NOTICE, HISTORY_END, HISTORY_START } from '#libs/contracts';

/**
 * Recalled text between the markers by which capture knows our own recall, so that it isn't stored as new evidence.
 * A marker inside the text can't close the fence.
 */
export function fenced(text: string): string {
  const safe = text.replace(/<(?=!--\s*ai-memory:)/gi, '&lt;');
  return `${EVIDENCE_NOTICE}\n${HISTORY_START}\n${safe}\n${HISTORY_END}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** A snippet of search, which is HTML, as an agent reads it: matched words between `**`. */
export function plainSnippet(html: string): string {
  return html.replaceAll(/<\/?mark>/g, '**').replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);
}
