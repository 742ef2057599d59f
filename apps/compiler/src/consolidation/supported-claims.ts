import type { Claim } from './answer-schema.js';
import { type Evidence, type Source, SOURCES } from './evidence.js';
import { shareIn, termsOf } from './terms.js';

/** So much of what a claim is about must stand in the events it cites. Models use other words; names and numbers they keep. */
const SHARE_MIN = 0.4;
const CITED_MAX = 5;
const TEXT_CHARS_MAX = 500;
const NAME = /`([^`\n]{2,120})`/g;
const NUMBER = /(?<![\p{L}\d.])\d{2,}(?![\p{L}\d])/gu;

export interface SupportedClaim {
  readonly text: string;
  readonly events: readonly number[];
  /** The least trusted source that it rests on. */
  readonly from: Source;
}

export type EvidenceByEvent = ReadonlyMap<number, Evidence>;

/**
 * Which texts may show a claim. `own`: only what the user or the agent said or did. What a tool printed or the web says may
 * be planted; it can show how something is, never what is to be done.
 */
export type Grounds = 'own' | 'any';

/** The claim with those of its events that show it; null where they don't, or where it is made of nothing. */
export function supported(claim: Claim, evidence: EvidenceByEvent, grounds: Grounds): SupportedClaim | null {
  const text = claim.text.replace(/\s+/g, ' ').trim();
  const terms = termsOf(text);
  if (text === '' || text.length > TEXT_CHARS_MAX || terms.size === 0) return null;
  const cited = [...new Set(claim.events)].flatMap((event) => evidence.get(event) ?? []).filter((each) => shareIn(terms, termsOf(textOf(each, grounds))) > 0).slice(0, CITED_MAX);
  const said = cited.map((each) => textOf(each, grounds)).join('\n');
  if (shareIn(terms, termsOf(said)) < SHARE_MIN || !holdsNames(text, said)) return null;
  return { text, events: cited.map((each) => each.event), from: leastTrusted(cited.map((each) => each.from)) };
}

export function supportedOf(claims: readonly Claim[], evidence: EvidenceByEvent, grounds: Grounds, claimsMax: number): SupportedClaim[] {
  return claims.flatMap((claim) => supported(claim, evidence, grounds) ?? []).slice(0, claimsMax);
}

/** What of an event may show something, on these grounds. */
export function textOf({ from, did, text }: Evidence, grounds: Grounds): string {
  return grounds === 'own' && (from === 'tool' || from === 'outside') ? did : `${did}\n${text}`;
}

/** `user` for nothing. */
export function leastTrusted(sources: readonly Source[]): Source {
  return SOURCES[Math.max(0, ...sources.map((source) => SOURCES.indexOf(source)))]!;
}

/** Names in code and numbers are facts that nobody may make up: each has to stand in the events as it is. */
function holdsNames(claim: string, said: string): boolean {
  const plain = said.toLowerCase();
  const names = [...claim.matchAll(NAME)].map((match) => match[1]!.trim().toLowerCase());
  const numbers = [...claim.replace(NAME, ' ').matchAll(NUMBER)].map((match) => match[0]);
  return [...names, ...numbers].every((each) => plain.includes(each));
}
