import { EVIDENCE_NOTICE, HISTORY_END, HISTORY_START } from '#libs/contracts';

/** Characters that show nothing: orders for a model can hide in them, and a marker that is not one to us would be one to it. */
const UNSEEN = /[\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu;
/** Where our markers begin, also in characters of the same look. */
const MARKER = /[<＜﹤‹](?=\s*[!！﹗]\s*[-‐-―−﹣－]{2}\s*ai-memory\s*[:：﹕])/giu;
/** What agents' harnesses put around words that are not the user's. */
const HARNESS_TAG = /<(?=\/?\s*(?:system|hook|untrusted|function|antml)[-_:][-_:\w]*\s*>)/gi;

/**
 * Recalled text between the markers by which capture knows our own recall, so that it isn't stored as new evidence.
 * Nothing inside the text can close the fence, pose as the harness that shows it, or stand there unseen.
 */
export function fenced(text: string): string {
  const safe = text.replace(UNSEEN, '').replace(MARKER, '&lt;').replace(HARNESS_TAG, '&lt;');
  return `${EVIDENCE_NOTICE}\n${HISTORY_START}\n${safe}\n${HISTORY_END}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** A snippet of search, which is HTML, as an agent reads it: matched words between `**`. */
export function plainSnippet(html: string): string {
  return html.replaceAll(/<\/?mark>/g, '**').replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);
}
