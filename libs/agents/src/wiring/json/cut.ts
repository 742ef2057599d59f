import type { Node } from 'jsonc-parser';
import { endOf, readGap } from './document.js';
import { BLANK_MARK, type Companion } from './insert.js';

/**
 * Takes a value out of its container, the container too if that was made for it: the exact opposite of `insertEntry`, also
 * if others have added something since. Null where nothing is left and nothing was there before.
 */
export function cutNode(text: string, value: Node, companion?: Companion): string | null {
  let first = childOf(value);
  let last = first;
  for (let container = first.parent!; ; container = first.parent!) {
    if (container.parent === undefined) first = companionBefore(text, first, companion) ?? first;
    if (!isOurContainer(text, container, first, last)) return cutSpan(text, container, first, last);
    if (container.parent === undefined) return withoutRoot(text, container);
    first = last = childOf(container);
  }
}

/** The property that a value belongs to, or the value itself in an array. */
function childOf(value: Node): Node {
  return value.parent?.type === 'property' ? value.parent : value;
}

/** The companion is ours if it stands in one line with what it came for. */
function companionBefore(text: string, child: Node, companion: Companion | undefined): Node | undefined {
  const siblings = child.parent!.children!;
  const before = siblings[siblings.indexOf(child) - 1];
  return before && companion && before.children?.[0]?.value === companion.name && text.slice(endOf(before), child.offset) === ', ' ? before : undefined;
}

/** True for a container that holds nothing but the span, no comment either, and was not there before (see `insertEntry`). */
function isOurContainer(text: string, container: Node, first: Node, last: Node): boolean {
  const children = container.children!;
  if (children[0] !== first || children.at(-1) !== last) return false;
  const lead = text.slice(container.offset + 1, first.offset);
  return lead !== ' ' && lead.trim() === '' && text.slice(endOf(last), endOf(container) - 1).trim() === '';
}

function withoutRoot(text: string, root: Node): string | null {
  const before = text.slice(0, root.offset);
  const after = text.slice(endOf(root));
  if (before === BLANK_MARK) return after.replace(/^\r?\n/, '');
  return before.trim() === '' && after.trim() === '' ? null : `${before}{}${after}`;
}

function cutSpan(text: string, container: Node, first: Node, last: Node): string {
  const children = container.children!;
  const previous = children[children.indexOf(first) - 1];
  const next = children[children.indexOf(last) + 1];
  const before = readGap(text, previous ? endOf(previous) : container.offset + 1, first.offset);
  const after = readGap(text, endOf(last), next ? next.offset : endOf(container) - 1);
  if (!previous && next) return text.slice(0, first.offset) + text.slice(endOf(last), after.comma) + text.slice(afterComma(text, after.comma, next));
  const kept = text.slice(0, before.commentsEnd);
  if (after.comma >= 0) return kept + text.slice(endOf(last), after.comma) + text.slice(after.comma + 1);
  return (previous ? kept.slice(0, before.comma) + kept.slice(before.comma + 1) : kept) + text.slice(endOf(last));
}

/** What follows moves to where the span began, unless a comment stands between. */
function afterComma(text: string, comma: number, next: Node): number {
  return text.slice(comma + 1, next.offset).trim() === '' ? next.offset : comma + 1;
}
