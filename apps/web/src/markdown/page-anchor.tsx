import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { linkTarget } from './link-target.js';

/** A link in a page. One that leads out of here takes nothing with it. */
export function PageAnchor({ place, path, href, children }: { place: Place; path: string; href: string; children: ReactNode }) {
  const { page } = useStrings();
  const target = linkTarget(href, path);
  if (target.kind === 'page') return <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: target.path }} hash={target.hash || undefined}>{children}</Link>;
  if (target.kind === 'here') return <a href={`#${target.hash}`}>{children}</a>;
  if (target.kind === 'elsewhere') return <a href={target.href} target="_blank" rel="noopener noreferrer nofollow">{children}</a>;
  return <span title={page.blockedLink} className="underline decoration-dotted">{children}</span>;
}
