import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.js';

describe('an endpoint', () => {
  it('that failed three times in a row is left alone for half a minute, then tried again', () => {
    let now = 0;
    const circuits = new CircuitBreaker(() => now);
    circuits.failed('a');
    circuits.failed('a');
    expect(circuits.waitMs('a')).toBe(0);
    circuits.failed('a');
    expect([circuits.waitMs('a'), circuits.waitMs('b')]).toEqual([30_000, 0]);
    now = 30_000;
    expect(circuits.waitMs('a')).toBe(0);
    circuits.failed('a');
    expect(circuits.waitMs('a')).toBe(30_000);
  });

  it('that answers is as good as new', () => {
    const circuits = new CircuitBreaker(() => 0);
    for (let failures = 0; failures < 2; failures += 1) circuits.failed('a');
    circuits.succeeded('a');
    circuits.failed('a');
    expect(circuits.waitMs('a')).toBe(0);
  });
});
