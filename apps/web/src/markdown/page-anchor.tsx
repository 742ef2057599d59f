import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { linkTarget } from './link-target.js';
import { namedProject } from './memory-links.js';

interface PageAnchorProps {
  place: Place;
  path: string;
  /** Of which the page tells, where it is one's. */
  session?: string;
  href: string;
  /** From `memoryLinks`: another project, or the number of an event. */
  project?: string;
  event?: string;
  children: ReactNode;
}

/** A link in a page. One that leads out of here takes nothing with it. */
export function PageAnchor({ place, path, session, href, project, event, children }: PageAnchorProps) {
  const { page } = useStrings();
  if (event !== undefined) return session ? <Link to="/w/$workspace/$project/sessions/$session" params={{ ...place, session }} search={{ nth: Number(event) }} className="text-xs no-underline">{children}</Link> : children;
  const target = linkTarget(href, path);
  if (target.kind === 'page') return <Link to="/w/$workspace/$project/pages/$" params={{ ...(project ? namedProject(project, place) : place), _splat: target.path }} hash={target.hash || undefined}>{children}</Link>;
  if (target.kind === 'here') return <a href={`#${target.hash}`}>{children}</a>;
  if (target.kind === 'elsewhere') return <a href={target.href} target="_blank" rel="noopener noreferrer nofollow">{children}</a>;
  return <span title={page.blockedLink} className="underline decoration-dotted">{children}</span>;
}
