import { memo, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Place } from '../api/queries.js';
import { CodeBlock } from './code-block.js';
import { headingComponents, outlineOf } from './headings.js';
import { MarkdownImage } from './markdown-image.js';
import { memoryLinks } from './memory-links.js';
import { PageAnchor } from './page-anchor.js';
import { Task } from './task.js';

const PLUGINS = [remarkGfm, memoryLinks];

export interface MarkdownProps {
  text: string;
  place: Place;
  /** Of the page, for links that are relative to it. */
  path: string;
  /** The session that the page tells of, if it is one's: `[#12]` leads to its events. */
  session?: string;
}

/**
 * Markdown as a person reads it. Raw HTML in it is text, links lead by http, https and mailto alone, and no picture is fetched
 * from elsewhere. Code gets its colours once there is time for them; its size does not change.
 */
export const Markdown = memo(function Markdown(props: MarkdownProps) {
  const highest = useMemo(() => Math.min(...outlineOf(props.text).map(({ level }) => level), 6), [props.text]);
  const components = useComponents(props, highest);
  return <div className="prose"><ReactMarkdown remarkPlugins={PLUGINS} components={components} urlTransform={keepUrl}>{props.text}</ReactMarkdown></div>;
});

function useComponents({ place: { workspace, project }, path, session }: MarkdownProps, highest: number): Components {
  return useMemo(() => ({
    ...headingComponents(highest),
    a: ({ href, children, ...given }) => {
      const { 'data-project': named, 'data-event': event } = given as Record<string, string | undefined>;
      return <PageAnchor place={{ workspace, project }} path={path} session={session} href={href ?? ''} project={named} event={event}>{children}</PageAnchor>;
    },
    img: ({ src, alt }) => <MarkdownImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
    pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
    input: ({ checked }) => <Task isDone={checked === true} />,
    // A corner is no heading of anything.
    th: ({ children }) => (children ? <th>{children}</th> : <td aria-hidden="true" />),
  }), [workspace, project, path, session, highest]);
}

/** What may be followed is decided where a link is drawn, once for all kinds. */
function keepUrl(url: string): string {
  return url;
}
