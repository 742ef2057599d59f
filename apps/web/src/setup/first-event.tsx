import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { HappeningRow } from '../activity/happening-row.js';
import { useHappenings } from '../activity/use-happenings.js';
import { queryClient } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { buttonClass } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Rows } from '../ui/layout.js';
import { Loading, Problem } from '../ui/states.js';

const EVENTS_SHOWN = 8;

/** Waits for the first event that comes in from now on, and shows it. */
export function FirstEvent() {
  const { setup } = useStrings();
  const { happenings, query } = useHappenings();
  const known = useKnownAtFirst(query.data?.happenings.map(({ id }) => id));
  const arrived = known === undefined ? [] : happenings.filter(({ type, id }) => type === 'event' && !known.has(id));
  const first = arrived.at(-1);
  const isHere = first !== undefined;
  useEffect(() => {
    // The navigation names its project from now on.
    if (isHere) void queryClient.invalidateQueries({ queryKey: ['projects'] });
  }, [isHere]);
  if (query.error && !query.data) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (known === undefined) return <Loading lines={2} />;
  return (
    <>
      <p role="status" className={`flex items-center gap-2 rounded-lg border px-3 py-3 ${first ? 'border-accent bg-accent-soft text-accent' : 'border-dashed border-line text-quiet'}`}>
        <Icon name={first ? 'check' : 'pulse'} className={`size-5 ${first ? '' : 'motion-safe:animate-pulse'}`} />{first ? setup.arrived : setup.waiting}
      </p>
      {first && (
        <div className="mt-3 space-y-3">
          <Rows label={setup.arrived}>{arrived.slice(0, EVENTS_SHOWN).map((each) => <HappeningRow key={each.id} happening={each} isPlaceShown />)}</Rows>
          <Link to="/w/$workspace/$project" params={first.scope} className={buttonClass('primary')}>{setup.openProject(first.scope.project)}</Link>
        </div>
      )}
    </>
  );
}

/** What was there already when somebody came here. */
function useKnownAtFirst(ids?: readonly string[]): ReadonlySet<string> | undefined {
  const [known, setKnown] = useState<ReadonlySet<string>>();
  if (known === undefined && ids !== undefined) setKnown(new Set(ids));
  return known;
}
