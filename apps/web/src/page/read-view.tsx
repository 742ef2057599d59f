import type { Schema } from 'ai-memory-api-client';
import { useMemo } from 'react';
import { outlineOf } from '../markdown/headings.js';
import { Markdown } from '../markdown/markdown.js';
import { PageAside } from './page-aside.js';
import type { PageRef } from './page-queries.js';

/** The text as a person reads it, with what lies around it beside. */
export function ReadView({ pageRef, page }: { pageRef: PageRef; page: Schema<'Page'> }) {
  const body = useMemo(() => withoutOwnTitle(page.body, page.title), [page.body, page.title]);
  const outline = useMemo(() => outlineOf(body), [body]);
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <article className="max-w-3xl min-w-0"><Markdown text={body} place={pageRef} path={pageRef.path} session={page.session_id ?? undefined} /></article>
      <PageAside pageRef={pageRef} page={page} outline={outline} />
    </div>
  );
}

/** Many texts begin with their title, which stands above already. */
export function withoutOwnTitle(body: string, title: string): string {
  const [, first] = /^\s*# +(.+?)\s*(?:\n|$)/.exec(body) ?? [];
  return first === title ? body.replace(/^\s*# +.+(?:\n|$)/, '') : body;
}
