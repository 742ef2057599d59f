import 'reflect-metadata';
import { All, Controller, Get, UseGuards } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { API_CONTROLLERS } from '../http/api-controllers.js';
import { CallerGuard } from './caller.guard.js';
import { PermissionGuard } from './permission.guard.js';
import { Requires } from './requires.js';
import { undeclaredRoutes } from './route-declarations.js';

@Controller()
class Routes {
  @Get('a') @UseGuards(CallerGuard, PermissionGuard) @Requires('self') declared(): void {}
  @Get('b') @Requires('public') open(): void {}
  @Get('c') @UseGuards(CallerGuard, PermissionGuard) silent(): void {}
  @All('d') @UseGuards(CallerGuard) @Requires('self') unheld(): void {}
  @Get('e') @UseGuards(CallerGuard) @Requires('public') guarded(): void {}
  noRoute(): void {}
}

describe('routes without a declared permission', () => {
  it('are those that say none, and those whose guards do not hold what they say', () => {
    expect(undeclaredRoutes([Routes])).toEqual(['Routes.silent', 'Routes.unheld', 'Routes.guarded']);
  });

  it('are none of the API', () => {
    expect(undeclaredRoutes(API_CONTROLLERS)).toEqual([]);
  });
});
