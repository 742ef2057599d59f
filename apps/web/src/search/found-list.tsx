import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { Badge, Rows, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { TimeAgo } from '../ui/time-ago.js';
import { ScoreShares } from './score-shares.js';
import { Snippet } from './snippet.js';

/** A hit that is not in the window is neither laid out nor drawn. */
const HIT = '[contain-intrinsic-size:auto_5.5rem] [content-visibility:auto]';
const ROW = 'block px-3 py-3 hover:bg-raised focus-visible:-outline-offset-2';

/** What was found: pages first, then what was said and done in sessions. */
export function FoundList({ found, isExplained }: { found: Schema<'SearchResult'>; isExplained: boolean }) {
  const { search } = useStrings();
  if (found.hits.length + found.raw_hits.length === 0) return <Empty icon="search" title={search.none} hint={search.noneHint} />;
  return (
    <div className="space-y-6">
      <div aria-live="polite" className="text-sm text-quiet">
        {search.found(found.hits.length + found.raw_hits.length)}
        {found.phrase_missed && <p>{search.phraseMissed}</p>}
        {found.corrections.map(({ term, searched }) => <p key={term}>{search.corrected(term, searched.join(', '))}</p>)}
        {found.rarities && <p>{found.rarities.pages.map(({ term, documents }) => search.rarity(term, documents)).join(' · ')}</p>}
      </div>
      {found.hits.length > 0 && <Section title={search.pages}><Rows label={search.pages}>{found.hits.map((hit) => <PageHit key={`${hit.scope.workspace}/${hit.scope.project}/${hit.path}`} hit={hit} isExplained={isExplained} />)}</Rows></Section>}
      {found.raw_hits.length > 0 && <Section title={search.observations}><Rows label={search.observations}>{found.raw_hits.map((hit) => <RawHit key={hit.observation_id} hit={hit} isExplained={isExplained} />)}</Rows></Section>}
    </div>
  );
}

function Head({ title, children }: { title: string; children: ReactNode }) {
  return <span className="flex items-baseline justify-between gap-3"><span className="truncate font-medium">{title}</span><span className="flex shrink-0 items-center gap-2 text-xs text-quiet">{children}</span></span>;
}

function PageHit({ hit, isExplained }: { hit: Schema<'PageHit'>; isExplained: boolean }) {
  const { search } = useStrings();
  return (
    <li className={HIT}>
      <Link to="/w/$workspace/$project/pages/$" params={{ ...hit.scope, _splat: hit.path }} hash={hit.section?.anchor} className={ROW}>
        <Head title={hit.section ? `${hit.title} › ${hit.section.heading}` : hit.title}>{hit.superseded && <Badge look="warn">{search.superseded}</Badge>}{hit.pinned && <Icon name="pin" className="size-3.5" />}<Badge>{hit.kind}</Badge><TimeAgo at={hit.updated_at} /></Head>
        <span className="block truncate font-mono text-xs text-quiet">{hit.scope.workspace}/{hit.scope.project}/{hit.path}</span>
        <Snippet html={hit.snippet} className="mt-1 line-clamp-3 text-sm wrap-anywhere" />
      </Link>
      {isExplained && hit.score_details && <ScoreShares score={hit.score} shares={hit.score_details} />}
    </li>
  );
}

function RawHit({ hit, isExplained }: { hit: Schema<'RawHit'>; isExplained: boolean }) {
  const { search } = useStrings();
  return (
    <li className={HIT}>
      <Link to="/w/$workspace/$project/sessions/$session" params={{ ...hit.scope, session: hit.session_id }} search={{ event: hit.sequence }} className={ROW}>
        <Head title={hit.title}><Badge>{hit.kind}</Badge><TimeAgo at={hit.occurred_at} /></Head>
        <Snippet html={hit.snippet} className="mt-1 line-clamp-2 text-sm wrap-anywhere" />
        {hit.repeats > 0 && <span className="text-xs text-quiet">{search.repeats(hit.repeats)}</span>}
      </Link>
      {isExplained && hit.score_details && <ScoreShares score={hit.score} shares={hit.score_details} />}
    </li>
  );
}
