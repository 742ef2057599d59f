import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { TextField } from '../ui/field.js';
import { Loading, Problem } from '../ui/states.js';
import { treeOf } from './page-tree.js';
import { projectPagesQuery, TREE_PAGES_MAX } from './project-queries.js';
import { TreeView } from './tree-view.js';

/** A filter that leaves no more opens all that it leaves. */
const FOUND_OPEN_MAX = 100;

/** All pages of a project, folded by folder, with a filter. Further hundreds come by themselves. */
export function PageTreePanel({ place, current }: { place: Place; current?: string }) {
  const { project, shell } = useStrings();
  const query = useInfiniteQuery(projectPagesQuery(place));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const [wanted, setWanted] = useState('');
  const deferred = useDeferredValue(wanted);
  const pages = useMemo(() => query.data?.pages.flatMap((part) => part.pages) ?? [], [query.data]);
  const tree = useMemo(() => treeOf(pages, deferred), [pages, deferred]);
  const opening = deferred !== '' && tree.count <= FOUND_OPEN_MAX ? 'found' : 'all';
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (query.error && pages.length === 0) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Loading lines={8} />;
  return (
    <>
      <TextField label={project.filterTree} isLabelHidden type="search" placeholder={project.filterTree} value={wanted} onChange={(event) => setWanted(event.target.value)} className="mb-2" />
      <TreeView key={opening} place={place} folder={tree} isAllOpen={opening === 'found' || undefined} current={current} />
      {pages.length >= TREE_PAGES_MAX && <p className="mt-2 px-1.5 text-xs text-quiet">{project.treeCut(pages.length)} <Link to="/search" search={{ ...place }} className="text-accent hover:underline">{shell.search}</Link></p>}
    </>
  );
}
