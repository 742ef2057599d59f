import { findAndReplace } from 'mdast-util-find-and-replace';

type Tree = Parameters<typeof findAndReplace>[0];

const WIKILINK = /\[\[([^[\]|\n]{1,512})(?:\|([^[\]\n]{0,512}))?\]\]/g;
const EVIDENCE = /\[#(\d{1,7})\]/g;
const PROJECT = /^[^:/\s][^:/]{0,127}(\/[^:/]{1,128})?$/;

interface LinkNode {
  type: 'link';
  url: string;
  children: { type: 'text'; value: string }[];
  data: { hProperties: Record<string, string> };
}

/** Takes `[[path|label]]` and `[[project:path]]` for links from a project's root, and `[#12]` for one to the twelfth event of the page's session. Not in code. */
export function memoryLinks() {
  return (tree: Tree): void => findAndReplace(tree, [[WIKILINK, wikilink], [EVIDENCE, evidence]], { ignore: ['link', 'linkReference'] });
}

function wikilink(whole: string, target: string, label: string | undefined): LinkNode | false {
  const colon = target.indexOf(':');
  const project = colon < 0 ? '' : target.slice(0, colon).trim();
  if (project !== '' && !PROJECT.test(project)) return false;
  const path = target.slice(colon + 1).trim().replace(/^\//, '');
  return path === '' || path.startsWith('/') ? false : link(`/${path}`, label?.trim() || whole.slice(2, -2), project === '' ? {} : { 'data-project': project });
}

function evidence(whole: string, number: string): LinkNode {
  return link(`#event-${number}`, whole, { 'data-event': number });
}

function link(url: string, text: string, hProperties: Record<string, string>): LinkNode {
  return { type: 'link', url, children: [{ type: 'text', value: text }], data: { hProperties } };
}

/** Which project `[[project:…]]` means, seen from one: of the same workspace unless it names another; `_global` is the organisation's own. */
export function namedProject(name: string, { workspace }: { workspace: string }): { workspace: string; project: string } {
  if (name === '_global') return { workspace: '_global', project: '_global' };
  const [first, second] = name.split('/') as [string, string?];
  return second === undefined ? { workspace, project: first } : { workspace: first, project: second };
}
