import { clamp, oneLine, plainText } from './text.js';

/** Nothing inside may end the fence, open another, or pose as an element of the harness that shows it. */
function inert(text: string): string {
  return plainText(text).replace(/<!--/g, '&lt;!--').replace(/-->/g, '--&gt;').replace(/ai-memory:(?=untrusted-history)/gi, 'ai-memory&#58;').replace(/<(?=[a-z/!?])/gi, '&lt;');
}

export function inertLine(text: string, charsMax: number): string {
  return clamp(oneLine(inert(text)), charsMax);
}

/** Headings and quotes stay text, so that they don't pose as parts of what is around them. */
export function inertProse(text: string, charsMax: number): string {
  const lines = inert(text).split('\n').map((line) => line.trimEnd().replace(/^(\s*)([#>])/, '$1\\$2'));
  const joined = lines.join('\n').replace(/\n{3,}/g, '\n\n').trim();
  return joined.length <= charsMax ? joined : `${joined.slice(0, charsMax - 1).trimEnd()}…`;
}
