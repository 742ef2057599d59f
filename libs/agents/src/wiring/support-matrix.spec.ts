import { describe, expect, it } from 'vitest';
import { agentWirings, toObservationKind } from '../index.js';
import { supportMatrix } from './support-matrix.js';

describe('the support matrix', () => {
  it('has a row for every agent that can be wired, each with what it lacks', () => {
    const rows = supportMatrix();
    expect(rows.map(({ agent }) => agent)).toEqual(agentWirings.map(({ agent }) => agent));
    for (const row of rows) expect({ agent: row.agent, limits: row.limits.length }).not.toEqual({ agent: row.agent, limits: 0 });
  });

  it.each(agentWirings.flatMap(({ agent, events }) => events.map((event) => [event, agent] as const)).filter(([event]) => !/^subagent/i.test(event)))('knows what %s of %s means', (event) => {
    expect(toObservationKind(event)).not.toBe('other');
  });
});
