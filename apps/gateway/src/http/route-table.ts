import type { Type } from '@nestjs/common';
import { namesIn, type PathParam, templatePath } from './path-params.js';
import { API_ROOT, contractOf, type RouteContract } from './route.js';

export interface RouteEntry {
  method: RouteContract['method'];
  /** From the server's root, with `{name}` for parameters. */
  path: string;
  paramNames: PathParam[];
  operationId: string;
  /** The noun that the controller is about. */
  tag: string;
  contract: RouteContract;
}

/** Every route that the controllers serve. */
export function routeTable(controllers: readonly Type[]): RouteEntry[] {
  return controllers.flatMap((controller) => Object.getOwnPropertyNames(controller.prototype).flatMap((operationId) => {
    const contract = contractOf((controller.prototype as Record<string, object>)[operationId]!);
    if (!contract) return [];
    const { method, path } = contract;
    return [{ method, path: API_ROOT + templatePath(path), paramNames: namesIn(path), operationId, tag: nounOf(controller), contract }];
  }));
}

function nounOf(controller: Type): string {
  return controller.name.replace(/(Write)?Controller$/, '').toLowerCase();
}
