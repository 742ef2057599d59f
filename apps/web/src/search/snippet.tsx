const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'" };

function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39|#x27);/g, (entity) => ENTITIES[entity]!);
}

/** Parts of a snippet, which is escaped HTML with `<mark>` and nothing else: it never becomes markup here, but text. */
export function snippetParts(snippet: string): { text: string; isMatch: boolean }[] {
  return snippet.split(/(<mark>[\s\S]*?<\/mark>)/).filter((part) => part !== '').map((part) => {
    const [, match] = /^<mark>([\s\S]*)<\/mark>$/.exec(part) ?? [];
    return { text: plain(match ?? part), isMatch: match !== undefined };
  });
}

export function Snippet({ html, className }: { html: string; className?: string }) {
  return <span className={className}>{snippetParts(html).map(({ text, isMatch }, index) => (isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}</span>;
}
