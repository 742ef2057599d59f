import { z } from 'zod';

/**
 * Everything that may stand in a route's path. Names are not checked beyond their length: one that can't exist is answered
 * like one that doesn't.
 */
export const PATH_PARAMS = {
  workspace: z.string().max(256).describe('Name of the workspace.'),
  project: z.string().max(256).describe('Name of the project.'),
  path: z.string().max(1_024).describe('Path of the page in its project, for instance `decisions/use-postgres.md`. Slashes may be sent as they are.'),
  session: z.uuid().describe('Id of the session, as answers give it.'),
  handoff: z.uuid().describe('Id of the handoff, as answers give it.'),
  message: z.uuid().describe('Id of the message, as answers give it.'),
  slot: z.string().max(64).describe('Name of the slot: 1 to 64 of a-z, 0-9, dot, underscore and hyphen.'),
  proposal: z.uuid().describe('Id of the proposal, as answers give it.'),
  webhook: z.uuid().describe('Id of the webhook, as answers give it.'),
  hold: z.uuid().describe('Id of the legal hold, as answers give it.'),
  dead_letter: z.uuid().describe('Id of the dead letter, as answers give it.'),
  organisation: z.string().max(63).describe('Name of the organisation.'),
  group: z.string().trim().min(1).max(200).regex(/^[^\p{C}<>]*$/u, 'must not hold control characters or angle brackets').describe('Name of the group.'),
  user: z.uuid().describe('Id of the user, as answers give it.'),
  grant: z.uuid().describe('Id of the grant, as answers give it.'),
  account: z.uuid().describe('Id of the service account, as answers give it.'),
  sign_in: z.uuid().describe('Id of the sign-in, as answers give it.'),
  connection: z.uuid().describe('Id of the connection, as answers give it.'),
  token: z.uuid('must be the id of the token, as answers give it; never the token itself').describe('Id of the token; never the token itself.'),
};

export type PathParam = keyof typeof PATH_PARAMS;

/** The names in a path such as `/pages/{workspace}/{*path}`; a star takes the rest of the path, slashes included. */
export type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? (Name extends `*${infer Tail}` ? Tail : Name) | NamesIn<Rest> : never;

const PLACEHOLDER = /\{(\*?)(\w+)\}/g;

/** Names in order of appearance. Throws for one that is not declared, so that the boot fails. */
export function namesIn(path: string): PathParam[] {
  return [...path.matchAll(PLACEHOLDER)].map(([, , name]) => {
    if (!Object.hasOwn(PATH_PARAMS, name!)) throw new Error(`Unknown path parameter ${name} in ${path}`);
    return name as PathParam;
  });
}

/** The path as Express 5 wants it. */
export function routerPath(path: string): string {
  return path.replace(PLACEHOLDER, (_whole, star: string, name: string) => (star ? `*${name}` : `:${name}`));
}

/** The path as OpenAPI wants it. */
export function templatePath(path: string): string {
  return path.replace(PLACEHOLDER, '{$2}');
}
