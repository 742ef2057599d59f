import { Fault } from '#libs/faults';
import { SCIM_FILTER, SCIM_PATH } from './scim.faults.js';

/** `attribute eq value`; the attribute in lower case, dots included. */
export interface Condition {
  attribute: string;
  value: string | number | boolean | null;
}

/** Where in a resource: an attribute, perhaps of an extension; of a list those that meet all conditions; perhaps a part of it. */
export interface ScimPath {
  extension: string | null;
  attribute: string;
  conditions: Condition[] | null;
  part: string | null;
}

const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i;
const EXTENSION = /^(urn:ietf:params:scim:schemas:extension:[\w.:-]+?:2\.0:User)(?::(.+))?$/i;
const PATH = /^([A-Za-z][\w-]{0,60})(?:\[(.{1,500})\])?(?:\.([A-Za-z$][\w-]{0,60}))?$/s;
const CONDITION = /^\s*\(?\s*([A-Za-z][\w.:-]{0,120})\s+eq\s+("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)\s*\)?\s*$/is;
const CHARS_MAX = 1_000;

/** Throws `scim.path`. A whole extension is its own attribute. */
export function parsePath(text: string): ScimPath {
  if (text.length > CHARS_MAX) throw new Fault(SCIM_PATH);
  const [, extension, rest] = EXTENSION.exec(text) ?? [];
  if (extension !== undefined && rest === undefined) return { extension: null, attribute: extension, conditions: null, part: null };
  const match = PATH.exec(rest ?? text.replace(CORE, ''));
  if (!match) throw new Fault(SCIM_PATH);
  return { extension: extension ?? null, attribute: match[1]!, conditions: match[2] === undefined ? null : parseFilter(match[2]), part: match[3] ?? null };
}

/** Throws `scim.filter` for anything but equalities joined by `and`, which is all that directories ask. */
export function parseFilter(text: string): Condition[] {
  if (text.length > CHARS_MAX) throw new Fault(SCIM_FILTER);
  return splitAnds(text).map((part) => {
    const match = CONDITION.exec(part);
    if (!match) throw new Fault(SCIM_FILTER);
    return { attribute: match[1]!.replace(CORE, '').toLowerCase(), value: valueOf(match[2]!) };
  });
}

/** At each `and` outside of quotes. */
function splitAnds(text: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|\sand\s|[^"]/gis)) {
    if (/^\sand\s$/i.test(piece)) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function valueOf(literal: string): Condition['value'] {
  try {
    return JSON.parse(literal.startsWith('"') ? literal : literal.toLowerCase()) as Condition['value'];
  } catch {
    throw new Fault(SCIM_FILTER);
  }
}
