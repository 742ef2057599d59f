import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { EventRow } from './event-row.js';
import type { TimelineRow } from './event-kind.js';

const ROW_PX = 62;

/** Rows that are near the window alone are in the document, so that five thousand cost no more than fifty. */
export function Timeline({ session, rows, target, isWhole }: { session: string; rows: readonly TimelineRow[]; target?: number; isWhole: boolean }) {
  const { session: words } = useStrings();
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => ROW_PX, overscan: 8, scrollMargin: top, getItemKey: (index) => rows[index]!.event.observation_id });
  useGoTo(rows, target, isWhole, (index) => virtual.scrollToIndex(index, { align: 'center' }));
  return (
    <ol ref={list} aria-label={words.timeline} className="relative" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => (
        <li key={key} ref={virtual.measureElement} data-index={index} aria-setsize={rows.length} aria-posinset={index + 1} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${start - top}px)` }}>
          <EventRow session={session} row={rows[index]!} isTarget={rows[index]!.index === target} />
        </li>
      ))}
    </ol>
  );
}

/** Goes to the event of the address, once it is there, and once. */
function useGoTo(rows: readonly TimelineRow[], target: number | undefined, isWhole: boolean, go: (index: number) => void): void {
  const gone = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (target === undefined || gone.current === target) return;
    const index = rows.findIndex(({ index: place }) => place === target);
    if (index < 0 && !isWhole) return;
    gone.current = target;
    if (index >= 0) go(index);
  });
}
