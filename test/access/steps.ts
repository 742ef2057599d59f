import fc from 'fast-check';

/** The same in every organisation, so that only rights and organisations tell them apart. */
export const WORKSPACES = ['north', 'south'] as const;
export const NAMES = ['a', 'b', 'c', 'd'] as const;
export const PAGES = ['notes/1.md', 'notes/2.md', 'notes/3.md'] as const;
/** An owner, an admin, two members, two viewers. */
export const USERS = 6;
export const ORGANISATIONS = 3;

const workspace = fc.constantFrom(...WORKSPACES);
const name = fc.constantFrom(...NAMES);
const page = fc.constantFrom(...PAGES);
const level = fc.constantFrom('read', 'write', 'admin');
const user = fc.integer({ min: 0, max: USERS - 1 });
const to = fc.oneof(user, fc.constant('team' as const));
const visibility = fc.constantFrom('open', 'restricted');

const ACTS = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), page }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('read' as const), page, isTool: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), page }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('list' as const), isOfPages: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('query' as const), of: fc.nat({ max: 63 }), ofOrganisation: fc.nat({ max: ORGANISATIONS - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('push' as const), page }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('make' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('grant' as const), isWhole: fc.boolean(), to, level }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('revoke' as const), isWhole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), workspace, name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('visibility' as const), visibility: fc.option(visibility) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('preset' as const), visibility }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('team' as const), who: user, isIn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('role' as const), who: fc.integer({ min: 1, max: USERS - 1 }), role: fc.constantFrom('admin', 'member', 'viewer') }) },
);

/** What somebody tries next. */
export const STEP = fc.record({ organisation: fc.nat({ max: ORGANISATIONS - 1 }), user, workspace, name, act: ACTS });
export type Step = typeof STEP extends fc.Arbitrary<infer S> ? S : never;
export type Act<K extends Step['act']['kind']> = Extract<Step['act'], { kind: K }>;
