import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HealthController } from '#libs/runtime';
import { undeclaredRoutes } from './route-declarations.js';

/** Fails the boot of a process that would serve a route without a declared permission, but for what operators ask of every process. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const controllers = this.discovery.getControllers().flatMap(({ metatype }) => (typeof metatype === 'function' && metatype !== HealthController ? [metatype as Type] : []));
    const undeclared = undeclaredRoutes(controllers);
    if (undeclared.length > 0) throw new Error(`Routes without a declared permission: ${undeclared.join(', ')}. Add @Requires.`);
  }
}
