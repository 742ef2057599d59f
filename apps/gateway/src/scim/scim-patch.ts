import { z } from 'zod';
import { Fault } from '#libs/faults';
import { type Condition, parsePath, type ScimPath } from './scim-path.js';
import { SCIM_PATH, SCIM_VALUE } from './scim.faults.js';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Resource = { [name: string]: Json };

const OPERATIONS_MAX = 1_000;

/** As directories send it: Entra writes `Replace`, Okta `replace`. */
export const PatchOp = z.object({
  Operations: z.array(z.object({ op: z.string().toLowerCase().pipe(z.enum(['add', 'replace', 'remove'])), path: z.string().min(1).optional(), value: z.unknown().optional() })).min(1).max(OPERATIONS_MAX),
});
export type PatchOp = z.output<typeof PatchOp>;
type Operation = PatchOp['Operations'][number];

/** The resource after all operations, in their order; what was given stays as it was. Throws `scim.path`, `scim.filter` or `scim.value`. */
export function patched(resource: Resource, { Operations: operations }: PatchOp): Resource {
  const copy = structuredClone(resource);
  for (const operation of operations) apply(copy, operation);
  return copy;
}

function apply(resource: Resource, { op, path, value }: Operation): void {
  if (path !== undefined) return applyAt(resource, op, parsePath(path), value as Json | undefined);
  if (op === 'remove') throw new Fault(SCIM_PATH, { sentence: 'What is to be removed? A path is missing.' });
  if (!isObject(value)) throw new Fault(SCIM_VALUE);
  // Names may be paths themselves: Okta sends {"active": false}, Entra {"name.givenName": "Ada"}.
  for (const [name, each] of Object.entries(value)) if (name !== 'schemas') applyAt(resource, op, parsePath(name), each);
}

function applyAt(resource: Resource, op: Operation['op'], { extension, attribute, conditions, part }: ScimPath, value: Json | undefined): void {
  if (op !== 'remove' && value === undefined) throw new Fault(SCIM_VALUE);
  const holder = extension === null ? resource : objectAt(resource, extension);
  if (conditions) return applyToItems(holder, op, attribute, conditions, part, value);
  if (part !== null) return applyToOne(objectAt(holder, attribute), op, part, value);
  applyToOne(holder, op, attribute, value);
}

function applyToOne(holder: Resource, op: Operation['op'], attribute: string, value: Json | undefined): void {
  const key = keyOf(holder, attribute);
  const before = holder[key];
  if (op === 'remove') {
    if (Array.isArray(before) && Array.isArray(value)) holder[key] = before.filter((item) => !value.some((gone) => isSameItem(item, gone)));
    else delete holder[key];
  } else if (op === 'add' && Array.isArray(before)) {
    const more = Array.isArray(value) ? value : [value!];
    holder[key] = [...before.filter((item) => !more.some((each) => isSameItem(item, each))), ...more];
  } else if (op === 'add' && isObject(before) && isObject(value)) Object.assign(before, value);
  else holder[key] = value!;
}

/** An item that is changed and not there is made, as its conditions say: Entra sets `emails[type eq "work"].value` of people without one. */
function applyToItems(holder: Resource, op: Operation['op'], attribute: string, conditions: readonly Condition[], part: string | null, value: Json | undefined): void {
  const key = keyOf(holder, attribute);
  const items = Array.isArray(holder[key]) ? (holder[key] as Json[]) : [];
  const chosen = items.filter((item) => meets(item, conditions)) as Resource[];
  if (op === 'remove' && part === null) holder[key] = items.filter((item) => !chosen.includes(item as Resource));
  else if (op === 'remove') chosen.forEach((item) => delete item[keyOf(item, part!)]);
  else {
    const made: Resource[] = chosen.length > 0 ? [] : [Object.fromEntries(conditions.map((each) => [each.attribute, each.value]))];
    for (const item of [...chosen, ...made]) {
      if (part !== null) item[keyOf(item, part)] = value!;
      else if (isObject(value)) Object.assign(item, value);
      else throw new Fault(SCIM_VALUE);
    }
    holder[key] = [...items, ...made];
  }
}

function meets(item: Json, conditions: readonly Condition[]): boolean {
  return isObject(item) && conditions.every(({ attribute, value }) => isSame(item[keyOf(item, attribute)], value));
}

function isSame(left: Json | undefined, right: Json): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return String(left).toLowerCase() === String(right).toLowerCase();
  return left === right;
}

function isSameItem(left: Json, right: Json): boolean {
  return isObject(left) && isObject(right) ? left.value !== undefined && left.value === right.value : left === right;
}

/** Names of attributes are the same in any case. */
function keyOf(holder: Resource, name: string): string {
  return Object.keys(holder).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}

function objectAt(holder: Resource, name: string): Resource {
  const key = keyOf(holder, name);
  const found = Object.hasOwn(holder, key) ? holder[key] : undefined;
  if (isObject(found)) return found;
  return (holder[key] = {});
}

function isObject(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
