import { setTimeout as rest } from 'node:timers/promises';
import type { Condition, FaultProxy } from './fault-proxy.js';
import { type Installation, SERVICES, type Target, TARGETS } from './installation.js';

export const FAULTS = ['kill -9', 'SIGSTOP', 'restart', 'network cut', 'half-open', 'latency', 'disk full', 'clock jump'] as const;
export type Fault = (typeof FAULTS)[number];

export interface Cell {
  readonly target: Target;
  readonly fault: Fault;
}

/** How long what lasts is done to a target, in milliseconds. */
export interface Lengths {
  readonly stopMs: number;
  readonly networkMs: number;
  readonly diskMs: number;
  readonly clockMs: number;
}

export const FULL_LENGTHS: Lengths = { stopMs: 10_000, networkMs: 5_000, diskMs: 5_000, clockMs: 3_000 };

/** As many faults in less time, for every run of the tests. */
export const SHORT_LENGTHS: Lengths = { stopMs: 2_000, networkMs: 2_000, diskMs: 2_000, clockMs: 1_000 };

/** Half of what a round trip takes longer. */
const DELAY_MS = 250;
const CLOCK_AHEAD_MS = 3_600_000;
const FILL_AGAIN_MS = 100;

export const nameOf = ({ target, fault }: Cell): string => `${target} × ${fault}`;

/** By fault, so that one service is not killed again before its supervisor takes it for healthy. */
export const MATRIX: readonly Cell[] = FAULTS.flatMap((fault) => TARGETS.map((target) => ({ target, fault })));

/** Why there is nothing to do in a cell; undefined where there is. */
export function emptyBecause({ target, fault }: Cell, { disks, hasClock }: Installation): string | undefined {
  if (fault === 'disk full') {
    const disk = diskOf(target);
    if (!disk) return 'writes nothing to a disk';
    if (!disks[disk].canBeFull) return 'skipped: a small disk can only be mounted by root';
  }
  if (fault === 'clock jump' && target === 'nats') return 'a static Go program asks the kernel itself: libfaketime does not reach it';
  if (fault === 'clock jump' && !hasClock(target)) return 'skipped: no libfaketime here';
  return undefined;
}

/** Whether a service's process begins anew. */
export const startsService = ({ target, fault }: Cell): boolean => !isServer(target) && (fault === 'kill -9' || fault === 'restart');

/** Does it, and ends it. Resolves to when recovering begins: where the fault ends or, where somebody is ended, at once. */
export async function inflict({ target, fault }: Cell, on: Installation, lengths: Lengths): Promise<number> {
  switch (fault) {
    case 'kill -9': return atOnce(() => signal(on, target, 'SIGKILL'));
    case 'restart': return atOnce(() => (isServer(target) ? on.servers[target].server.restart() : process.kill(on.pid(target), 'SIGTERM')));
    case 'SIGSTOP': return during(lengths.stopMs, () => signal(on, target, 'SIGSTOP'), () => signal(on, target, 'SIGCONT'));
    case 'network cut': return during(lengths.networkMs, () => network(on, target, 'cut'), () => network(on, target, 'open'));
    case 'half-open': return during(lengths.networkMs, () => network(on, target, 'silent'), () => network(on, target, 'open'));
    case 'latency': return during(lengths.networkMs, () => network(on, target, { delayMs: DELAY_MS }), () => network(on, target, 'open'));
    case 'clock jump': return during(lengths.clockMs, () => on.setClock(target, CLOCK_AHEAD_MS), () => on.setClock(target, 0));
    case 'disk full': return whileFull(on.disks[diskOf(target)!], lengths.diskMs).then((at) => (helpWith({ target, fault }) === '' ? at : killedAfter(on, target)));
  }
}

async function atOnce(strike: () => void): Promise<number> {
  const at = performance.now();
  strike();
  return at;
}

async function during(ms: number, begin: () => void, end: () => void): Promise<number> {
  begin();
  await rest(ms);
  end();
  return performance.now();
}

async function whileFull(disk: { fill(): void; empty(): void }, ms: number): Promise<number> {
  for (const until = Date.now() + ms; Date.now() < until; await rest(FILL_AGAIN_MS)) disk.fill();
  disk.empty();
  return performance.now();
}

/** What was done besides, that a platform does not do by itself; empty where nothing was. */
export function helpWith({ target, fault }: Cell): string {
  return target === 'nats' && fault === 'disk full' ? 'killed afterwards, as its runbook says' : '';
}

/** As the runbook has a person do: NATS 2.9.10 takes nothing any more after a full disk, and hears no SIGTERM. */
function killedAfter(on: Installation, target: Target): Promise<number> {
  return atOnce(() => signal(on, target, 'SIGKILL'));
}

function isServer(target: Target): target is 'postgres' | 'nats' {
  return target === 'postgres' || target === 'nats';
}

function diskOf(target: Target): 'postgres' | 'nats' | 'data' | undefined {
  if (isServer(target)) return target;
  return target === 'wiki-git' ? 'data' : undefined;
}

function signal(on: Installation, target: Target, name: NodeJS.Signals): void {
  if (isServer(target)) on.servers[target].server.signal(name);
  else process.kill(on.pid(target), name);
}

/** What a target hears and says: a server everything, a service its part of what passes before both servers, and the gateway its door besides. */
function network({ proxies }: Installation, target: Target, condition: Condition): void {
  const set = (proxy: FaultProxy): void => proxy.set(condition, isServer(target) ? undefined : target);
  if (isServer(target)) return set(proxies[target]);
  set(proxies.postgres);
  set(proxies.nats);
  if (target === SERVICES[0]) proxies.front.set(condition);
}
