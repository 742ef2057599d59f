import { hookCommand, isHookCommand } from './hook-command.js';
import { jsonFile, type OurPlace } from './json-file.js';
import type { JsonValue } from './json/document.js';
import type { Companion } from './json/insert.js';
import type { Machine, WiredFile } from './wiring.js';

/** An event to hook into. */
export interface HookedEvent {
  readonly name: string;
  /** In the unit that the agent counts in. */
  readonly timeout?: number;
  readonly matcher?: string;
}

interface HooksFile {
  readonly path: string;
  readonly agent: string;
  readonly machine: Machine;
  readonly events: readonly HookedEvent[];
  readonly mode?: number;
  readonly companion?: Companion & { readonly isRequired: boolean };
}

/** Claude Code's form, which many have taken over: `hooks.<Event>[].hooks[]`. */
export function nestedHooksFile(file: HooksFile & { readonly extra?: (event: HookedEvent) => { readonly [name: string]: JsonValue } }): WiredFile {
  const isOurs = isHandlerOf(file.agent);
  return hooksFile(file, [{ path: ['hooks', '*', '*'], isOurs: (group) => holdsOnly(group, isOurs) }, { path: ['hooks', '*', '*', 'hooks', '*'], isOurs }], (event, command) => ({
    ...(event.matcher !== undefined && { matcher: event.matcher }),
    hooks: [{ type: 'command', command, ...(event.timeout !== undefined && { timeout: event.timeout }), ...file.extra?.(event) }],
  }));
}

/** `hooks.<event>[]` with the handlers themselves. */
export function flatHooksFile(file: HooksFile, handler: (event: HookedEvent, command: string) => JsonValue): WiredFile {
  return hooksFile(file, [{ path: ['hooks', '*', '*'], isOurs: isHandlerOf(file.agent) }], handler);
}

function hooksFile({ path, agent, machine, events, mode, companion }: HooksFile, places: readonly OurPlace[], value: (event: HookedEvent, command: string) => JsonValue): WiredFile {
  return jsonFile({
    path,
    purpose: 'hooks',
    ...(mode !== undefined && { mode }),
    entries: ({ clientHome }) => events.map((event) => ({ path: ['hooks', event.name], value: value(event, hookCommand(machine.platform, clientHome, agent, event.name)) })),
    places,
    ...(companion && { companion }),
  });
}

/** True for a handler that runs our hook, under whatever name the agent keeps the command line. */
function isHandlerOf(agent: string): (handler: unknown) => boolean {
  return (handler) => typeof handler === 'object' && handler !== null && Object.values(handler).some((value) => isHookCommand(value, agent));
}

function holdsOnly(group: unknown, isOurs: (handler: unknown) => boolean): boolean {
  const handlers = (group as { hooks?: unknown } | null)?.hooks;
  return Array.isArray(handlers) && handlers.length > 0 && handlers.every(isOurs);
}
