import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { ReactNode } from 'react';
import type { Heading } from '../markdown/headings.js';
import { useStrings } from '../strings/strings.js';
import { Section } from '../ui/layout.js';
import { PageCost } from './page-cost.js';
import { PageFeedback } from './page-feedback.js';
import { type PageRef, relatedQuery } from './page-queries.js';

const LINK = 'block truncate rounded px-1.5 py-1 text-quiet hover:bg-hover hover:text-ink';

/** Outline, what links here, what is near, and what is known of the page. */
export function PageAside({ pageRef, page, outline }: { pageRef: PageRef; page: Schema<'Page'>; outline: readonly Heading[] }) {
  const { page: words } = useStrings();
  const top = Math.min(...outline.map(({ level }) => level));
  return (
    <aside aria-label={words.about} className="space-y-6 text-sm lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto">
      {outline.length > 1 && (
        <Section title={words.outline}>
          <ul>{outline.map(({ level, text, anchor }, index) => <li key={`${anchor}-${index}`} className={['', 'pl-3', 'pl-6'][Math.min(level - top, 2)]}><a href={`#${anchor}`} className={LINK}>{text}</a></li>)}</ul>
        </Section>
      )}
      <Section title={words.backlinks}>
        {page.backlinks.length === 0 ? <p className="px-1.5 text-quiet">{words.noBacklinks}</p> : <ul>{page.backlinks.map((path) => <li key={path}><PageLink pageRef={pageRef} path={path}>{path}</PageLink></li>)}</ul>}
      </Section>
      <Related pageRef={pageRef} />
      <Facts pageRef={pageRef} page={page} />
      <PageFeedback pageRef={pageRef} page={page} />
    </aside>
  );
}

function PageLink({ pageRef: { workspace, project }, path, title, children }: { pageRef: PageRef; path: string; title?: string; children: ReactNode }) {
  return <Link to="/w/$workspace/$project/pages/$" params={{ workspace, project, _splat: path }} title={title ?? path} className={LINK}>{children}</Link>;
}

function Related({ pageRef }: { pageRef: PageRef }) {
  const { page: words } = useStrings();
  const { data } = useQuery(relatedQuery(pageRef));
  const shown = data?.related.filter(({ relation }) => relation !== 'backlink') ?? [];
  if (shown.length === 0) return null;
  return <Section title={words.related}><ul>{shown.map(({ page }) => <li key={page.path}><PageLink pageRef={pageRef} path={page.path}>{page.title}</PageLink></li>)}</ul></Section>;
}

function Facts({ pageRef: { workspace, project }, page }: { pageRef: PageRef; page: Schema<'Page'> }) {
  const { page: words, trust } = useStrings();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.trust, trust[page.trust]], [words.tier, page.tier], [words.tags, page.tags.join(', ')], [words.used, page.readership && words.readBy(page.readership.reads, page.readership.readers)], [words.by, page.agent],
    [words.session, page.session_id && <Link key="session" to="/w/$workspace/$project/sessions/$session" params={{ workspace, project, session: page.session_id }} className="text-accent hover:underline">{page.session_id.slice(0, 8)}</Link>],
    [words.expires, page.expires_at && new Date(page.expires_at).toLocaleDateString()], [words.commit, <span key="commit" className="font-mono text-xs">{page.commit.slice(0, 10)}</span>],
    ...page.relations.map(({ type, path }) => [words.relation[type], <PageLinkInline key={path} place={{ workspace, project }} path={path} />] as const),
  ];
  return (
    <Section title={words.about}>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1 px-1.5">
        {facts.filter(([, value]) => value).map(([name, value], index) => [<dt key={`${index} name`} className="text-quiet">{name}</dt>, <dd key={index} className="wrap-anywhere">{value}</dd>])}
      </dl>
      <PageCost page={page} />
    </Section>
  );
}

function PageLinkInline({ place, path }: { place: { workspace: string; project: string }; path: string }) {
  return <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: path }} className="text-accent hover:underline">{path}</Link>;
}
