import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { memoryLinks } from './memory-links.js';

const REMARK = [remarkGfm, memoryLinks];
const REHYPE = [[rehypeHighlight, { detect: false, plainText: ['mermaid', 'text', 'txt'] }]] as const;

/** The same with colours in its code. Loaded where a page has code. */
export function Highlighted({ text, components, urlTransform }: { text: string; components: Components; urlTransform: (url: string) => string }) {
  return <div className="prose"><ReactMarkdown remarkPlugins={REMARK} rehypePlugins={REHYPE as never} components={components} urlTransform={urlTransform}>{text}</ReactMarkdown></div>;
}
