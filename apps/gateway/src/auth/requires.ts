import 'reflect-metadata';
import { Permission } from '#libs/tenancy';

const REQUIREMENT = Symbol('requirement');

/** What a route asks of its caller; `public`: nothing, not even to be known. */
export type Requirement = Permission | 'public';

export interface Requires {
  readonly permission: Requirement;
  /** The project that the path names is made where there is none. */
  readonly isMaking: boolean;
}

/**
 * Declares what a route's caller must be allowed to do: in the project that its path names (`workspace` and `project`), else in the
 * organisation. `PermissionGuard` holds it; a route without a declaration fails the boot.
 */
export function Requires(permission: Requirement, { isMaking = false } = {}): MethodDecorator {
  return (_target, _key, descriptor) => {
    Reflect.defineMetadata(REQUIREMENT, { permission, isMaking } satisfies Requires, descriptor.value as object);
  };
}

export function requiresOf(method: object): Requires | undefined {
  return Reflect.getMetadata(REQUIREMENT, method) as Requires | undefined;
}
