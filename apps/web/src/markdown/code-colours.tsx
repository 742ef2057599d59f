import { common, createLowlight } from 'lowlight';
import type { ReactNode } from 'react';

const lowlight = createLowlight(common);

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

/** Code in its colours; nothing of a language that is not known. Loaded where a page has code. */
export function coloured(language: string, code: string): ReactNode {
  return lowlight.registered(language) ? drawn(lowlight.highlight(language, code).children) : undefined;
}

function drawn(nodes: readonly Node[]): ReactNode[] {
  return nodes.map((node, index) => {
    if (node.type === 'text') return node.value;
    return node.type === 'element' ? <span key={index} className={(node.properties.className as string[] | undefined)?.join(' ')}>{drawn(node.children as Node[])}</span> : null;
  });
}
