import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import * as contracts from '#libs/contracts';
import type { RequestContract } from '#libs/contracts';
import type { Permission } from '#libs/tenancy';
import { requiresOf } from '../../apps/gateway/src/auth/requires.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { TOOLSETS } from '../../apps/gateway/src/mcp/toolset.js';

/** One thing that can be asked of the product. */
export interface Surface {
  /** `METHOD /path` as the controllers declare it, a tool's name, a git operation, or a request's subject. */
  readonly name: string;
  /** All of them are needed. */
  readonly permissions: readonly Permission[];
  /** A project that the path or input names, one that a tool's arguments name or that is made, one that follows from a session, or none. */
  readonly about: 'project' | 'arguments' | 'session' | 'organisation';
}

/** Every route that asks for a permission; git's are operations of their own. */
export const ROUTES: readonly Surface[] = routesOf(GatewayModule).filter(({ name }) => !name.includes('/git/'));

export const GIT: readonly Surface[] = [
  { name: 'git clone, fetch', permissions: ['git'], about: 'project' },
  { name: 'git push', permissions: ['git', 'pages:write'], about: 'project' },
];

const OF_SESSIONS = ['memory_read_session_observations'];

export const TOOLS: readonly Surface[] = TOOLSETS.full.map(({ name, permission }) => ({ name, permissions: [permission], about: OF_SESSIONS.includes(name) ? 'session' : 'arguments' }));

/** By subject. Those that an app asks for its own work alone are nobody else's. */
export const CONTRACTS: readonly RequestContract[] = Object.values<unknown>(contracts).filter((each): each is RequestContract => (each as { type?: unknown }).type === 'request')
  .toSorted((a, b) => a.subject.localeCompare(b.subject));

export function surfaceOf({ subject, permission, input }: RequestContract): Surface {
  const names = Object.keys((input as { shape?: object }).shape ?? {});
  return { name: subject, permissions: [permission], about: names.includes('projectId') || names.includes('from') ? 'project' : 'organisation' };
}

function routesOf(module: Type): Surface[] {
  const listed = (key: string): Type[] => ((Reflect.getMetadata(key, module) ?? []) as (Type | { module: Type })[]).map((each) => ('module' in each ? each.module : each));
  const own = listed(MODULE_METADATA.CONTROLLERS).flatMap((controller) => Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(({ value }) =>
    (typeof value === 'function' ? routeOf(controller, value as object) : [])));
  const all = [...own, ...listed(MODULE_METADATA.IMPORTS).flatMap(routesOf)];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

function routeOf(controller: Type, method: object): Surface[] {
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
  const { permission = 'public', isMaking } = requiresOf(method) ?? {};
  if (verb === undefined || permission === 'public') return [];
  const path = [controller, method].map((each) => String(Reflect.getMetadata(PATH_METADATA, each)).replace(/^\/|\/$/g, '')).filter(Boolean).join('/');
  const about = isMaking ? 'arguments' : path.includes(':project') ? 'project' : path.includes(':session') ? 'session' : 'organisation';
  return [{ name: `${RequestMethod[verb]} /${path}`, permissions: [permission], about }];
}
