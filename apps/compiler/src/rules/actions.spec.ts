import type { Observation, ToolUse } from '#libs/contracts';
import { expect, it } from 'vitest';
import { ActionPairing } from './actions.js';

function event(tool: Partial<ToolUse>, isSubagent = false): Observation & { tool: ToolUse } {
  return {
    kind: 'pre-tool-use', sourceEvent: 'x', occurredAt: '2026-11-22T08:00:00.000Z', title: 'Bash', body: '', isSubagent,
    observationId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a12', sequence: 1, tool: { name: 'Bash', family: 'shell', ...tool },
  };
}

it('joins start and end of a call: what was asked from the one, what came of it from the other', () => {
  const pairing = new ActionPairing();
  pairing.start(event({ callId: 'a', command: 'ls', excerpt: 'arguments' }), 1);
  expect(pairing.end(event({ callId: 'a', outcome: 'success', excerpt: 'result' }), 4)).toMatchObject({
    place: 1, isFinished: true, tool: { command: 'ls', outcome: 'success', excerpt: 'result' },
  });
  expect(pairing.abandon()).toEqual([]);
});

it('takes an end without a start for the whole call', () => {
  expect(new ActionPairing().end(event({ callId: 'a', command: 'ls' }), 4)).toMatchObject({ place: 4, isFinished: true, tool: { command: 'ls', outcome: 'unknown' } });
});

it('joins calls that overlap by their ids', () => {
  const pairing = new ActionPairing();
  pairing.start(event({ callId: 'a', command: 'first' }), 1);
  pairing.start(event({ callId: 'b', command: 'second' }), 2);
  expect(pairing.end(event({ callId: 'b' }), 3).tool.command).toBe('second');
  expect(pairing.end(event({ callId: 'a' }), 4).tool.command).toBe('first');
});

it('joins calls without ids by what they are about, oldest first', () => {
  const pairing = new ActionPairing();
  pairing.start(event({ command: 'one' }), 1);
  pairing.start(event({ command: 'two' }), 2);
  expect(pairing.end(event({ command: 'two' }), 3).place).toBe(2);
  expect(pairing.end(event({}), 4).place).toBe(1);
});

it('joins calls whose ends have ids of their own by what they are about', () => {
  const pairing = new ActionPairing();
  pairing.start(event({ callId: 'a', command: 'ls' }), 1);
  pairing.start(event({ callId: 'b', command: 'make' }), 2);
  expect(pairing.end(event({ callId: 'c', command: 'make' }), 3).place).toBe(2);
  expect(pairing.end(event({ callId: 'd', command: 'other' }), 4).place).toBe(4);
});

it('never joins a sub-agent\'s end to the agent\'s own start', () => {
  const pairing = new ActionPairing();
  pairing.start(event({ command: 'ls' }), 1);
  expect(pairing.end(event({ command: 'ls' }, true), 2).place).toBe(2);
});

it('remembers a bounded number of open calls and gives up the oldest', () => {
  const pairing = new ActionPairing();
  const pushedOut = Array.from({ length: 200 }, (_, index) => pairing.start(event({ callId: `${index}` }), index + 1)).flat();
  expect(pushedOut).toHaveLength(72);
  expect(pushedOut[0]).toMatchObject({ place: 1, isFinished: false });
  expect(pairing.abandon()).toHaveLength(128);
});
