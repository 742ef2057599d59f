import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Badge, Rows, Section } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';
import { feedbackQuery, SIGNALS } from './feedback-queries.js';

/** What people said of pages: whether they helped, and why not. */
export function FeedbackList({ place }: { place: Place }) {
  const { feedback: words } = useStrings();
  const query = useQuery(feedbackQuery(place));
  return (
    <Section title={words.title}>
      <Asked query={query} lines={3}>{({ pages }) => (pages.length === 0 ? <p className="text-sm text-quiet">{words.none}</p> : (
        <Rows label={words.title}>{pages.map((page) => <JudgedPage key={page.page_id} place={place} page={page} />)}</Rows>
      ))}</Asked>
    </Section>
  );
}

function JudgedPage({ place, page: { path, counts, remarks } }: { place: Place; page: Schema<'Feedback'> }) {
  const { feedback: words } = useStrings();
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: path }} className="mr-auto font-mono text-sm wrap-anywhere hover:underline">{path}</Link>
        {SIGNALS.filter((signal) => (counts[signal] ?? 0) > 0).map((signal) => <Badge key={signal} look={signal === 'helpful' ? 'accent' : 'warn'}>{words.signals[signal]} {counts[signal]}</Badge>)}
      </div>
      <ul>{remarks.map(({ reason, by, at }, index) => <li key={index} className="mt-1 text-sm wrap-anywhere">“{reason}” <span className="text-quiet">{by}, <TimeAgo at={at} /></span></li>)}</ul>
    </li>
  );
}
