import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type { EventContract, OutputOf, ParsedInputOf, PayloadOf, RequestContract, SignalContract } from '#libs/contracts';
import { defineFault, Fault, INVALID_INPUT, READ_ONLY, TIMED_OUT } from '#libs/faults';
import { decide, decodeScope, mayChange, type TenantScope } from '#libs/tenancy';
import { requirePermission } from './require-permission.js';
import { HEADER, replyOfError, type WireMessage, type WireReply } from './wire.js';

const NO_SCOPE = defineFault('bus.scope-missing', 'internal', 'The message carries no valid scope.');

type Method<I, O> = TypedPropertyDescriptor<(scope: TenantScope, input: I) => Promise<O>>;

/*
 * Errors leave a handler as replies and not as exceptions: Nest's RPC exception filter would turn them into its own.
 */

/**
 * Serves a request: the method gets the validated scope and the parsed input, and what it returns is parsed as output.
 * A method that disagrees with the contract does not compile; a second server of the same subject fails the boot.
 */
export function Serves<C extends RequestContract>(contract: C) {
  return (target: object, key: string, descriptor: Method<ParsedInputOf<C>, OutputOf<C>>): void => {
    const method = descriptor.value!;
    const wrapped = async function (this: unknown, message: WireMessage): Promise<WireReply> {
      try {
        refuseLate(message);
        const scope = scopeOf(message);
        if (contract.isChange && !mayChange(scope)) throw new Fault(READ_ONLY);
        const output = await method.call(this, scope, permittedInput(contract, scope, parse(contract.input, message) as ParsedInputOf<C>));
        return { ok: true, value: contract.output.parse(output) };
      } catch (error) {
        return replyOfError(error);
      }
    };
    redefine(descriptor, wrapped);
    MessagePattern(contract.subject)(target, key, descriptor);
  };
}

/** How a listener wants its events. */
export interface Hearing {
  /** So many of them at the same time, where they come over the wire; more wait. For handlers that wait for each other's events, so as to do what they tell of together. */
  atOnce?: number;
}

/** Hears an event on behalf of an app. The method must be idempotent: it may be called again with the same event. */
export function Hears<E extends EventContract>(contract: E, listener: string, { atOnce }: Hearing = {}) {
  return (target: object, key: string, descriptor: Method<PayloadOf<E>, void>): void => {
    redefine(descriptor, told(contract, descriptor.value!));
    EventPattern(contract.subject, { listener, atOnce })(target, key, descriptor as PropertyDescriptor);
  };
}

/** Asks again what the gateway has asked: whoever gets a message past it still does nothing that its scope does not allow. */
function permittedInput<C extends RequestContract>({ permission, projectsIn, without }: C, scope: TenantScope, input: ParsedInputOf<C>): ParsedInputOf<C> {
  const projectIds = projectsIn(input);
  if (projectIds.length === 0) requirePermission(scope, permission);
  for (const projectId of projectIds) requirePermission(scope, permission, projectId);
  return without ? (without(input, (projectId) => decide(scope, permission, projectId).outcome === 'allowed') as ParsedInputOf<C>) : input;
}

/** Notices a signal, in every process that runs this: at most once each, and maybe not at all. */
export function Notices<S extends SignalContract>(contract: S) {
  return (target: object, key: string, descriptor: Method<PayloadOf<S>, void>): void => {
    redefine(descriptor, told(contract, descriptor.value!));
    EventPattern(contract.subject, { isSignal: true })(target, key, descriptor as PropertyDescriptor);
  };
}

function told<C extends EventContract | SignalContract>(contract: C, method: (scope: TenantScope, payload: PayloadOf<C>) => Promise<void>) {
  return async function (this: unknown, message: WireMessage): Promise<WireReply> {
    try {
      await method.call(this, scopeOf(message), parse(contract.payload, message) as PayloadOf<C>);
      return { ok: true, value: null };
    } catch (error) {
      return replyOfError(error);
    }
  };
}

/** Nest reads its metadata from the function it will call, so the descriptor must hold the wrapper before Nest sees it. */
function redefine(descriptor: PropertyDescriptor, wrapped: (message: WireMessage) => Promise<unknown>): void {
  descriptor.value = wrapped;
}

function scopeOf(message: WireMessage): TenantScope {
  const scope = decodeScope(message.headers[HEADER.scope]);
  if (!scope) throw new Fault(NO_SCOPE, { detail: message.subject });
  return scope;
}

function refuseLate(message: WireMessage): void {
  const deadline = Number(message.headers[HEADER.deadline] ?? Infinity);
  if (Date.now() > deadline) throw new Fault(TIMED_OUT, { detail: `${message.subject} arrived after its deadline` });
}

function parse(schema: RequestContract['input'], message: WireMessage): unknown {
  const parsed = schema.safeParse(message.body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Fault(INVALID_INPUT, { sentence: `${first?.path.join('.') || 'input'}: ${first?.message ?? 'is not valid'}`, detail: message.subject });
}
