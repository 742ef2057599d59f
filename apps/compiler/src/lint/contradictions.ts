import { isContrary } from '../rules/choices.js';
import { found, type Found } from './lint-codes.js';
import type { PageFacts } from './page-facts.js';

/** A word that more choices than this have is no subject of one. */
const BUCKET_CHOICES_MAX = 60;

/** Pages that can't both hold: by their own word, or since one takes what the other leaves. Superseded ones hold no more. */
export function contradictions(pages: readonly PageFacts[], byPath: ReadonlyMap<string, PageFacts>): Found[] {
  const valid = pages.filter(({ isSuperseded }) => !isSuperseded);
  const declared = valid.flatMap(({ path, contradicts }) => contradicts.filter((other) => byPath.get(other)?.isSuperseded === false).map((other) => [path, other] as const));
  const findings = [
    ...contraryPairs(valid.filter(isBinding)).map(([path, other]) => told(path, other, `${path} takes what ${other} leaves`)),
    ...declared.map(([path, other]) => told(path, other, `${path} says that it contradicts ${other}`)),
  ];
  return [...new Map(findings.map((finding) => [finding.pages.join(' '), finding])).values()];
}

/** What agents are to follow, or may be soon. */
function isBinding({ kind, path }: PageFacts): boolean {
  return kind === 'rule' || kind === 'decision' || path.startsWith('_rules/');
}

/** Looks only at choices that have a word in common, one taking it and one leaving it. */
function contraryPairs(pages: readonly PageFacts[]): (readonly [string, string])[] {
  const choices = pages.flatMap(({ path, choices: made }) => made.map((choice) => ({ path, choice })));
  const leaving = Map.groupBy(choices.flatMap((each) => each.choice.left.map((word) => ({ ...each, word }))), ({ word }) => word);
  return choices.flatMap(({ path, choice }) => {
    const others = choice.taken.flatMap((word) => leaving.get(word) ?? []).slice(0, BUCKET_CHOICES_MAX);
    return others.filter((other) => other.path !== path && isContrary(choice, other.choice)).map((other) => [path, other.path] as const);
  });
}

function told(path: string, other: string, what: string): Found {
  return found('contradiction', [path, other].toSorted(), what);
}
