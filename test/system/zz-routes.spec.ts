import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { it } from 'vitest';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
function controllersOf(module: Type, seen = new Set<Type>()): Set<Type> {
  for (const c of Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) seen.add(c);
  for (const m of Reflect.getMetadata(MODULE_METADATA.IMPORTS, module) ?? []) controllersOf(m.module ?? m, seen);
  return seen;
}
it('x', () => {
  for (const c of controllersOf(GatewayModule)) for (const n of Object.getOwnPropertyNames(c.prototype)) {
    const h = c.prototype[n]; const m = Reflect.getMetadata(METHOD_METADATA, h);
    if (m === undefined) continue;
    console.log(c.name, RequestMethod[m], Reflect.getMetadata(PATH_METADATA, c), Reflect.getMetadata(PATH_METADATA, h));
  }
});
