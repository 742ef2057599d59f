import { Link } from '@tanstack/react-router';
import { useStrings } from '../strings/strings.js';
import { Icon, type IconName } from '../ui/icon.js';
import { TimeAgo } from '../ui/time-ago.js';
import type { Happening } from './newest-first.js';

const ROW = 'flex items-start gap-3 px-3 py-2 hover:bg-raised focus-visible:-outline-offset-2';
const ICONS: Readonly<Partial<Record<Extract<Happening, { type: 'event' }>['kind'], IconName>>> = { 'user-prompt': 'people', 'pre-tool-use': 'tool', 'post-tool-use': 'tool', 'session-start': 'clock', 'session-end': 'clock' };

/** One thing that happened, leading to where it did. */
export function HappeningRow({ happening, isPlaceShown = false }: { happening: Happening; isPlaceShown?: boolean }) {
  const { scope } = happening;
  const place = isPlaceShown ? `${scope.workspace}/${scope.project} · ` : '';
  if (happening.type === 'page') {
    return (
      <li><Link to="/w/$workspace/$project/pages/$" params={{ ...scope, _splat: happening.path }} className={ROW}>
        <Told icon="page" title={happening.title} aside={`${place}${[happening.author, happening.agent].filter(Boolean).join(' · ')} · ${happening.path}`} at={happening.at} />
      </Link></li>
    );
  }
  return (
    <li><Link to="/w/$workspace/$project/sessions/$session" params={{ ...scope, session: happening.session_id }} search={{ event: happening.sequence }} className={ROW}>
      <EventTold happening={happening} place={place} />
    </Link></li>
  );
}

function EventTold({ happening: { kind, title, owner, agent, at }, place }: { happening: Extract<Happening, { type: 'event' }>; place: string }) {
  const { activity } = useStrings();
  return <Told icon={ICONS[kind] ?? 'spark'} title={title || activity.kinds[kind]} aside={`${place}${activity.kinds[kind]} · ${owner} · ${agent}`} at={at} />;
}

function Told({ icon, title, aside, at }: { icon: IconName; title: string; aside: string; at: string }) {
  return (
    <>
      <Icon name={icon} className="mt-0.5 size-4 text-quiet" />
      <span className="min-w-0 flex-1"><span className="block truncate">{title}</span><span className="block truncate text-xs text-quiet">{aside}</span></span>
      <TimeAgo at={at} className="shrink-0 text-right text-xs leading-5 text-quiet sm:w-24" />
    </>
  );
}
