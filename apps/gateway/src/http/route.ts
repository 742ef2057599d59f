import 'reflect-metadata';
import { HttpCode, RequestMapping, RequestMethod, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import type { TenantScope } from '#libs/tenancy';
import { CallerGuard } from '../auth/caller.guard.js';
import { CurrentScope } from '../auth/current-scope.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { type NamesIn, namesIn, PATH_PARAMS, type PathParam, routerPath } from './path-params.js';
import { ParsedInput } from './request-input.js';

/** Where the API lives. */
export const API_ROOT = '/api/v1';

const ROUTE = Symbol('route');

type Shape = Readonly<Record<string, z.ZodType>>;
type None = Record<never, never>;

export interface RouteContract<P extends string = string, Q extends Shape = Shape, H extends Shape = Shape, B extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `API_ROOT`, with `{name}` for a segment and `{*name}` for the rest; names are those of `PATH_PARAMS`. */
  readonly path: P;
  readonly summary: string;
  /** Names that are not here are refused. */
  readonly query?: Q;
  /** Headers that the route heeds, in lower case. */
  readonly headers?: H;
  readonly body?: B;
  /** Media type of a body that is no JSON; the handler reads it from `response.req`. */
  readonly consumes?: string;
  readonly response: R;
  /** Media type of an answer that is no JSON; the handler returns a stream then. */
  readonly produces?: string;
  /** Status of a success; 200 unless told. */
  readonly status?: 200 | 201 | 202;
  /** Further statuses that a handler may set itself, and when it does. */
  readonly also?: Readonly<Record<number, string>>;
}

/** What a handler receives: parsed, with defaults. */
export interface RouteInput<C extends RouteContract> {
  params: { [Name in Extract<NamesIn<C['path']>, PathParam>]: z.output<(typeof PATH_PARAMS)[Name]> };
  query: z.output<z.ZodObject<NonNullable<C['query']>>>;
  headers: z.output<z.ZodObject<NonNullable<C['headers']>>>;
  body: z.output<NonNullable<C['body']>>;
}
/** What a handler returns. */
export type RouteAnswer<C extends RouteContract> = z.output<C['response']>;

/** Defines a route: what it takes, what it answers, what the OpenAPI document says about it. */
export function route<const P extends string, Q extends Shape = None, H extends Shape = None, B extends z.ZodType = z.ZodUndefined, R extends z.ZodType = z.ZodType>(
  contract: RouteContract<P, Q, H, B, R>,
): RouteContract<P, Q, H, B, R> {
  namesIn(contract.path);
  return contract;
}

type Handler<C extends RouteContract> = (scope: TenantScope, input: RouteInput<C>, response: Response) => Promise<RouteAnswer<C>>;

/**
 * Serves a route behind authentication: the method gets the caller's scope, the parsed input, and the response for headers.
 * A method that disagrees with the contract does not compile. Its name is the operation's id.
 */
export function Route<C extends RouteContract>(contract: C) {
  return <M extends Handler<C>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const method = descriptor.value!;
    Reflect.defineMetadata(ROUTE, contract, method);
    RequestMapping({ path: API_ROOT + routerPath(contract.path), method: RequestMethod[contract.method] })(target, key, descriptor);
    UseGuards(CallerGuard, PermissionGuard)(target, key, descriptor);
    CurrentScope()(target, key, 0);
    ParsedInput(contract)(target, key, 1);
    Res({ passthrough: true })(target, key, 2);
    // Nest would answer a POST with 201; where a handler chooses among statuses itself, a fixed one would win over it.
    if (contract.status || contract.method === 'POST') HttpCode(contract.status ?? 200)(target, key, descriptor);
  };
}

/** The contract of a controller's method, if it serves one. */
export function contractOf(method: object): RouteContract | undefined {
  return Reflect.getMetadata(ROUTE, method) as RouteContract | undefined;
}
