import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { Badge } from '../ui/layout.js';
import { iconOf, isError, type Observation, type TimelineRow } from './event-kind.js';
import { wholeEventQuery } from './session-queries.js';

const LOOKS = { error: 'text-danger', prompt: 'text-accent', other: 'text-quiet' } as const;

/** One event: what it was in a line, and its text where somebody wants it. Drawn once, however much is scrolled. */
export const EventRow = memo(function EventRow({ session, row: { event, index }, isTarget }: { session: string; row: TimelineRow; isTarget: boolean }) {
  const { session: words } = useStrings();
  const [isOpen, setOpen] = useState(isTarget);
  const look = isError(event) ? 'error' : event.kind === 'user-prompt' ? 'prompt' : 'other';
  const line = oneLine(event);
  return (
    <div className={`flex gap-3 border-b border-line py-2.5 ${isTarget ? 'bg-accent-soft' : ''} ${event.subagent ? 'pl-6' : ''}`}>
      <Icon name={iconOf(event)} className={`mt-0.5 size-4 ${LOOKS[look]}`} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className={`min-w-0 flex-1 truncate text-left ${event.kind === 'user-prompt' ? 'font-medium' : ''}`}>{event.title || event.kind}</button>
          {event.subagent && <Badge>{words.subagent}</Badge>}
          {event.tool && <Badge look={isError(event) ? 'danger' : 'plain'}>{event.tool.name}</Badge>}
          <time dateTime={event.occurred_at} title={new Date(event.occurred_at).toLocaleString()} className="shrink-0 font-mono text-xs text-quiet">{event.occurred_at.slice(11, 19)}</time>
        </div>
        {!isOpen && line && <p className="truncate text-sm text-quiet">{line}</p>}
        {isOpen && <WholeText session={session} index={index} event={event} />}
      </div>
    </div>
  );
});

function oneLine({ tool, body, title }: Observation): string {
  const text = tool?.command ?? tool?.path ?? body;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return title.includes(line.slice(0, 200)) ? '' : line.slice(0, 300);
}

function WholeText({ session, index, event }: { session: string; index: number; event: Observation }) {
  const { data } = useQuery(wholeEventQuery(session, index));
  const { body, tool } = data ?? event;
  return (
    <div className="mt-1 space-y-2 text-sm">
      {tool?.path && <p className="font-mono text-xs text-quiet wrap-anywhere">{tool.path}</p>}
      {tool?.command && <pre className="rounded-md bg-raised p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{tool.command}</pre>}
      {tool?.plan && <ul className="list-disc pl-5">{tool.plan.map((item, at) => <li key={at}>{Object.values(item).join(': ')}</li>)}</ul>}
      {body && <pre className="font-sans whitespace-pre-wrap wrap-anywhere">{body}</pre>}
      {tool?.excerpt && tool.excerpt !== body && <pre className="rounded-md bg-raised p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{tool.excerpt}</pre>}
    </div>
  );
}
