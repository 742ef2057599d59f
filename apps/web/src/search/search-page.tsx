import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { TextField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { useDebounced } from './debounced.js';
import { FoundList } from './found-list.js';
import type { SearchAddress } from './search-address.js';
import { SearchFilters } from './search-filters.js';
import { searchQuery } from './search-queries.js';

const TYPING_MS = 120;
const HITS = 30;

/** Search with its filters. The address says it whole. */
export function SearchPage() {
  const { search } = useStrings();
  const address = useSearch({ from: '/search' });
  const navigate = useNavigate();
  const change = (next: SearchAddress): void => void navigate({ to: '/search', search: { ...address, ...next }, replace: true });
  const query = useQuery(searchQuery(address, HITS));
  return (
    <div className="mx-auto max-w-4xl">
      <PageTitle title={search.title} />
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <Words q={address.q} />
        <SearchFilters address={address} onChange={change} />
      </form>
      <div className="mt-6">
        {address.q ? <Asked query={query} lines={10}>{(found) => <FoundList found={found} isExplained={address.explain ?? false} />}</Asked> : <Empty icon="search" title={search.empty} hint={search.emptyHint} />}
      </div>
    </div>
  );
}

/** What is typed becomes the address's a moment later, without filling the history; what is found is not rendered anew by each letter. */
function Words({ q }: { q: string | undefined }) {
  const { search } = useStrings();
  const router = useRouter();
  const navigate = useNavigate();
  const [words, setWords] = useState(q ?? '');
  const settled = useDebounced(words, TYPING_MS);
  // What is typed follows an address that somebody else changed: the palette, or the way back.
  const [seen, setSeen] = useState(q);
  if (q !== seen) {
    setSeen(q);
    if ((q ?? '') !== settled) setWords(q ?? '');
  }
  useEffect(() => {
    const { pathname, search: now } = router.latestLocation;
    // Who is on the way elsewhere is let go.
    if (pathname !== '/search' || (now as SearchAddress).q === (settled || undefined)) return;
    void navigate({ to: '/search', search: (before) => ({ ...before, q: settled || undefined }), replace: true });
  }, [settled, navigate, router]);
  return <TextField label={search.title} isLabelHidden type="search" autoFocus value={words} placeholder={search.placeholder} onChange={(event) => setWords(event.target.value)} maxLength={2_000} />;
}
