import { clamp } from '../rules/text.js';
import type { Claim, Consolidation, ProposedPage } from './answer-schema.js';
import type { SupportedPage } from './consolidated-page.js';
import { type EvidenceByEvent, type Grounds, type SupportedClaim, supportedOf, textOf } from './supported-claims.js';
import { shareIn, termsOf } from './terms.js';

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
/** So much of a title must stand in its page's events; it is read as often as the claims are. */
const TITLE_SHARE_MIN = 0.5;
const TAGS_MAX = 5;
const TAG = /^[\p{Ll}\p{Lo}\d][\p{Ll}\p{Lo}\d-]{1,31}$/u;

/** What remains of an answer when all that its events don't show is gone. */
export function supportedSession(answer: Consolidation, evidence: EvidenceByEvent): SupportedSession {
  const own = (claims: readonly Claim[], claimsMax: number): SupportedClaim[] => supportedOf(claims, evidence, 'own', claimsMax);
  const pages = answer.pages.flatMap((page) => supportedPage(page, evidence) ?? []).slice(0, PAGES_MAX);
  return { summary: own(answer.summary, SUMMARY_MAX), openQuestions: own(answer.open_questions, LIST_MAX), nextSteps: own(answer.next_steps, LIST_MAX), pages };
}

function supportedPage({ kind, title, tags, claims }: ProposedPage, evidence: EvidenceByEvent): SupportedPage | null {
  // What one should do takes better grounds than how something is.
  const grounds: Grounds = kind === 'decision' || kind === 'procedure' ? 'own' : 'any';
  const kept = supportedOf(claims, evidence, grounds, CLAIMS_MAX);
  if (kept.length === 0) return null;
  const said = termsOf(kept.flatMap((claim) => claim.events).map((event) => textOf(evidence.get(event)!, grounds)).join('\n'));
  const line = title.replace(/\s+/g, ' ').trim();
  const isShown = line.length <= TITLE_CHARS_MAX && shareIn(termsOf(line), said) >= TITLE_SHARE_MIN;
  const shownTags = tags.filter((tag) => TAG.test(tag) && shareIn(termsOf(tag), said) === 1).slice(0, TAGS_MAX);
  return { kind, title: isShown ? line : clamp(kept[0]!.text, TITLE_CHARS_MAX), tags: shownTags, claims: kept };
}
