import { isDeepStrictEqual } from 'node:util';
import { getNodeValue, type Node } from 'jsonc-parser';
import { cutNode } from './json/cut.js';
import { isBlank, memberOf, rootOf } from './json/document.js';
import { type Companion, insertEntry, type JsonEntry } from './json/insert.js';
import { type WiredFile, WiringRefused, type WiringSettings } from './wiring.js';

/** A place where entries of ours are: names of members, and `*` for each member or element. */
export interface OurPlace {
  readonly path: readonly string[];
  /** Of what is at this place, what is ours. Without it all is. */
  readonly isOurs?: (value: unknown) => boolean;
}

interface JsonFile extends Pick<WiredFile, 'path' | 'purpose' | 'mode'> {
  readonly entries: (settings: WiringSettings, text: string | null) => readonly JsonEntry[];
  /** Wider places first: what one has taken out is gone for the next. */
  readonly places: readonly OurPlace[];
  readonly companion?: Companion & { readonly isRequired: boolean };
}

const BYTE_ORDER_MARK = '\uFEFF';

/** A settings file in JSON, with or without comments, that we share with its owner. */
export function jsonFile(file: JsonFile): WiredFile {
  const { path, purpose, mode } = file;
  return {
    path,
    purpose,
    ...(mode !== undefined && { mode }),
    install: (text, settings) => withMark(text, (body) => (isCurrent(file, body, settings) ? body! : add(file, cutAll(file, body), settings)))!,
    remove: (text) => withMark(text, (body) => cutAll(file, body)),
    stateOf: (text, settings) => withoutThrowing(() => stateOf(file, text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text, settings)),
  };
}

function withMark(text: string | null, work: (body: string | null) => string | null): string | null {
  if (!text?.startsWith(BYTE_ORDER_MARK)) return work(text);
  return BYTE_ORDER_MARK + (work(text.slice(1)) ?? '');
}

function add(file: JsonFile, text: string | null, settings: WiringSettings): string {
  refuseWithoutCompanion(file, text);
  return file.entries(settings, text).reduce<string | null>((done, entry) => insertEntry(done, entry, file.companion), text) ?? '';
}

function refuseWithoutCompanion({ companion, places }: JsonFile, text: string | null): void {
  if (!companion?.isRequired || text === null || isBlank(text)) return;
  const root = rootOf(text);
  const isStarted = places.some(({ path: [name] }) => memberOf(root, name!));
  if (isStarted && !memberOf(root, companion.name)) throw new WiringRefused(`its "${companion.name}" is missing: add "${companion.name}": ${JSON.stringify(companion.value)}`);
}

function cutAll({ places, companion }: JsonFile, text: string | null): string | null {
  let left = text;
  for (const place of places) {
    while (left !== null && !isBlank(left)) {
      const found = findAll(rootOf(left), place).at(-1);
      if (!found) break;
      left = cutNode(left, found, companion);
    }
  }
  return left;
}

function stateOf(file: JsonFile, text: string | null, settings: WiringSettings): 'no' | 'current' | 'outdated' {
  if (isCurrent(file, text, settings)) return 'current';
  return cutAll(file, text) === text ? 'no' : 'outdated';
}

function withoutThrowing(work: () => ReturnType<WiredFile['stateOf']>): ReturnType<WiredFile['stateOf']> {
  try {
    return work();
  } catch (error) {
    if (error instanceof WiringRefused) return 'no';
    throw error;
  }
}

/** True if the file holds each of our entries, as we would write it, and no other of ours. */
function isCurrent(file: JsonFile, text: string | null, settings: WiringSettings): boolean {
  if (text === null || isBlank(text)) return false;
  const root = rootOf(text);
  const entries = file.entries(settings, text);
  const found = new Set(file.places.flatMap((place) => findAll(root, place)));
  return [...found].filter((node) => !isInside(node, found)).length === entries.length && entries.every((entry) => [...found].some((node) => isEntry(node, entry)));
}

function isInside(node: Node, others: ReadonlySet<Node>): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (others.has(parent)) return true;
  return false;
}

function isEntry(node: Node, { path, name, value }: JsonEntry): boolean {
  const places = pathOf(node);
  const isThere = name === undefined ? isDeepStrictEqual(places.slice(0, -1), path) : isDeepStrictEqual(places, [...path, name]);
  // The parser's objects have no prototype, which would make them differ.
  return isThere && isDeepStrictEqual(structuredClone(getNodeValue(node)), value);
}

function pathOf(node: Node): (string | number)[] {
  if (node.parent === undefined) return [];
  if (node.parent.type === 'property') return [...pathOf(node.parent.parent!), node.parent.children![0]!.value as string];
  return [...pathOf(node.parent), node.parent.children!.indexOf(node)];
}

function findAll(root: Node, { path, isOurs }: OurPlace): Node[] {
  const nodes = path.reduce<Node[]>((found, step) => found.flatMap((node) => childrenOf(node, step)), [root]);
  return nodes.filter((node) => isOurs?.(getNodeValue(node)) ?? true).toSorted((a, b) => a.offset - b.offset);
}

function childrenOf(node: Node, step: string): Node[] {
  if (step !== '*') return node.type === 'object' ? [memberOf(node, step) ?? []].flat() : [];
  return (node.children ?? []).flatMap((child) => (child.type === 'property' ? (child.children?.[1] ?? []) : child));
}
