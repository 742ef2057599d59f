import { describe, expect, it } from 'vitest';
import { Fault, INTERNAL, UNAVAILABLE } from '#libs/faults';
import { type IdleConnections, isAway, letGoOfSilent, outageOf } from './outage.js';

const withCode = (code: string): Error => Object.assign(new Error('said by the server'), { code });

describe('an outage of the database', () => {
  it.each<[name: string, error: unknown, outage: string | undefined]>([
    ['the server shuts down', withCode('57P01'), '57P01'],
    ['a statement takes too long', withCode('57014'), '57014'],
    ['the disk is full', withCode('53100'), '53100'],
    ['too many connections', withCode('53300'), '53300'],
    ['a transaction was left open', withCode('25P03'), '25P03'],
    ['nobody listens', withCode('ECONNREFUSED'), 'ECONNREFUSED'],
    ['the name is not known just now', withCode('EAI_AGAIN'), 'EAI_AGAIN'],
    ['the connection ended in the middle', new Error('Connection terminated unexpectedly'), 'Connection terminated'],
    ['the connection could not be made in time', new Error('Connection terminated due to connection timeout'), 'Connection terminated'],
    ['no answer in time', new Error('Query read timeout'), 'Query read timeout'],
    ['no connection free in time', new Error('timeout exceeded when trying to connect'), 'timeout exceeded when trying to connect'],
    ['the connection had ended before', new Error('Client has encountered a connection error and is not queryable'), 'Client has encountered a connection error'],
    ['a row is there twice', withCode('23505'), undefined],
    ['a mistake in the SQL', withCode('42601'), undefined],
    ['a mistake of ours', new TypeError('x is not a function'), undefined],
    ['no error at all', 'Connection terminated', undefined],
  ])('%s', (_name, error, outage) => {
    expect(outageOf(error)).toBe(outage);
  });
});

describe('connections that nobody uses', () => {
  /** A pool of two, whose first comes and whose second does not come in time; with what was said of each. */
  function poolOfTwo(): IdleConnections & { released: boolean[] } {
    const released: boolean[] = [];
    let asked = 0;
    return { released, idleCount: 2, connect: (done) => (++asked === 1 ? done(undefined, {}, (isBroken) => void released.push(isBroken)) : done(new Error('timeout exceeded when trying to connect'))) };
  }

  it('are let go with one that has gone without a word, as many as are to be had', () => {
    const pool = poolOfTwo();
    letGoOfSilent(new Error('Query read timeout'), pool);
    expect(pool.released).toEqual([true]);
  });

  it.each([withCode('57P01'), withCode('23505'), new Error('timeout exceeded when trying to connect'), 'Query read timeout'])('stay where %s was said', (error) => {
    const pool = poolOfTwo();
    letGoOfSilent(error, pool);
    expect(pool.released).toEqual([]);
  });
});

describe('that the database is away', () => {
  const caused = (code: string) => new Fault(UNAVAILABLE, { cause: Object.assign(new Error('x'), { code }) });

  it.each([
    ['a connection that was refused', caused('ECONNREFUSED'), true], ['a server that shuts down', caused('57P01'), true], ['a fault without a cause', new Fault(UNAVAILABLE), true],
    ['a statement that took too long', caused('57014'), false], ['a fault of another kind', new Fault(INTERNAL), false], ['any other error', new Error('x'), false],
  ])('is said by an error or not: %s', (_what, error, is) => {
    expect(isAway(error)).toBe(is);
  });
});
