import type { Claim, Consolidation } from './answer-schema.js';
import type { SupportedPage } from './consolidated-page.js';
import { type EvidenceByEvent, type Grounds, type SupportedClaim, supportedOf } from './supported-claims.js';
import { termsOf } from './terms.js';

export interface SupportedSession {
  readonly summary: readonly SupportedClaim[];
  readonly openQuestions: readonly SupportedClaim[];
  readonly nextSteps: readonly SupportedClaim[];
  readonly pages: readonly SupportedPage[];
}

const PAGES_MAX = 5;
const CLAIMS_MAX = 12;
const SUMMARY_MAX = 5;
const LIST_MAX = 6;
const TITLE_CHARS_MAX = 120;
const TAGS_MAX = 5;
const TAG = /^[\p{Ll}\p{Lo}\d][\p{Ll}\p{Lo}\d-]{1,31}$/u;

/** What remains of an answer when all that its events don't show is gone. */
export function supportedSession(answer: Consolidation, evidence: EvidenceByEvent): SupportedSession {
  const own = (claims: readonly Claim[], claimsMax: number): SupportedClaim[] => supportedOf(claims, evidence, 'own', claimsMax);
  const pages = answer.pages.flatMap(({ kind, title, tags, claims }): SupportedPage[] => {
    // What one should do takes better grounds than how something is.
    const grounds: Grounds = kind === 'decision' || kind === 'procedure' ? 'own' : 'any';
    const kept = supportedOf(claims, evidence, grounds, CLAIMS_MAX);
    const line = title.replace(/\s+/g, ' ').trim();
    const isTitle = line !== '' && line.length <= TITLE_CHARS_MAX && termsOf(line).size > 0;
    return isTitle && kept.length > 0 ? [{ kind, title: line, tags: tags.filter((tag) => TAG.test(tag)).slice(0, TAGS_MAX), claims: kept }] : [];
  });
  return { summary: own(answer.summary, SUMMARY_MAX), openQuestions: own(answer.open_questions, LIST_MAX), nextSteps: own(answer.next_steps, LIST_MAX), pages: pages.slice(0, PAGES_MAX) };
}
