import type { Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { PermissionGuard } from './permission.guard.js';
import { requiresOf } from './requires.js';

/** Methods that serve HTTP and don't say what their caller must be allowed to do, or say it and have nobody who holds it. */
export function undeclaredRoutes(controllers: readonly Type[]): string[] {
  return controllers.flatMap((controller) => Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(({ value }) => {
    if (typeof value !== 'function' || Reflect.getMetadata(METHOD_METADATA, value as object) === undefined) return [];
    const method = value as () => unknown;
    return isDeclared(controller, method) ? [] : [`${controller.name}.${method.name}`];
  }));
}

function isDeclared(controller: Type, method: () => unknown): boolean {
  const requires = requiresOf(method);
  if (!requires) return false;
  const guards = [controller, method].flatMap((each) => (Reflect.getMetadata(GUARDS_METADATA, each) ?? []) as unknown[]);
  return requires.permission === 'public' ? guards.length === 0 : guards.includes(PermissionGuard);
}
