import type { Schema } from 'ai-memory-api-client';
import { useStrings } from '../strings/strings.js';

type Shares = NonNullable<Schema<'PageHit'>['score_details']>;

/** Of what a score is made: what the words add, what else adds, and what multiplies it. */
export function ScoreShares({ score, shares: { words, factors, ...sums } }: { score: number; shares: Shares }) {
  const { search } = useStrings();
  const added = [...words.map(({ term, score: share }) => [`“${term}”`, share] as const), ...Object.entries(sums).filter(([, share]) => share !== 0)];
  return (
    <p className="px-3 pb-3 font-mono text-xs text-quiet wrap-anywhere">
      {search.score} {score.toFixed(3)} = ({added.map(([name, share]) => `${name} ${share.toFixed(2)}`).join(' + ')}){Object.entries(factors).map(([name, factor]) => ` × ${name} ${factor.toFixed(2)}`).join('')}
    </p>
  );
}
