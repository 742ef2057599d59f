import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { HandoffCard } from './handoff-card.js';

const STATES = ['open', 'accepted', 'expired'] as const;
export type HandoffState = (typeof STATES)[number];

export const handoffsKey = (place: Place) => ['project', place, 'handoffs'] as const;

const HANDOFFS_AT_A_TIME = 50;

const handoffsQuery = (place: Place, state: HandoffState) => infiniteQueryOptions({
  queryKey: [...handoffsKey(place), state],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/handoffs', { params: { path: { ...place }, query: { state, limit: HANDOFFS_AT_A_TIME, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

/** Where work was left for the next session: what waits, and who took up what. */
export function HandoffsPage() {
  const { workspace, project } = useParams({ from: '/w/$workspace/$project' });
  const place = { workspace, project };
  const { handoff: words, shell } = useStrings();
  const [state, setState] = useState<HandoffState>('open');
  const query = useInfiniteQuery(handoffsQuery(place, state));
  return (
    <>
      <PageTitle title={words.title} of={project}>
        <SelectField label={words.state} isLabelHidden value={state} onChange={(event) => setState(event.target.value as HandoffState)} options={STATES.map((each) => [each, words.states[each]] as const)} />
      </PageTitle>
      <Asked query={query} lines={8}>{({ pages }) => {
        const handoffs = pages.flatMap(({ handoffs: some }) => some);
        if (handoffs.length === 0) return <Empty icon="handoff" title={words.none} hint={words.noneHint} />;
        return (
          <>
            <ul aria-label={words.states[state]} className="space-y-3">{handoffs.map((handoff) => <HandoffCard key={handoff.handoff_id} place={place} handoff={handoff} />)}</ul>
            {query.hasNextPage && <Button className="mt-3" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{shell.older}</Button>}
          </>
        );
      }}</Asked>
    </>
  );
}
