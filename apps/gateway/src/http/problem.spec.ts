import { HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { defineFault, Fault, FAULT_STATUS, type FaultKind, NOT_FOUND, UNAVAILABLE } from '#libs/faults';
import { problemOf, requestFaultOf } from './problem.js';

function bodyError(type: string, status: number, more: object = {}): Error {
  return Object.assign(new Error('canary'), { type, status, statusCode: status, expose: true, ...more });
}

describe('a problem', () => {
  it.each(Object.entries(FAULT_STATUS) as [FaultKind, number][])('of kind %s has status %i', (kind, status) => {
    const { problem, ...answer } = problemOf(new Fault(defineFault('some.code', kind, 'Do this.')), undefined);
    expect(answer.status).toBe(status);
    expect(problem).toMatchObject({ type: 'urn:ai-memory:problem:some.code', status, code: 'some.code', detail: 'Do this.' });
    expect(problem.title).toBeTruthy();
  });

  it('holds the sentence and the trace, never detail or cause', () => {
    const fault = new Fault(NOT_FOUND, { detail: 'SELECT canary', cause: new Error('canary') });
    const { problem } = problemOf(fault, 'abc');
    expect(JSON.stringify(problem)).not.toContain('canary');
    expect(problem.trace_id).toBe('abc');
  });

  it('says how to authenticate', () => {
    expect(problemOf(new Fault(defineFault('x', 'unauthenticated', 'x')), undefined).headers['www-authenticate']).toBe('Bearer');
  });

  it('says when to come again, in whole seconds', () => {
    expect(problemOf(new Fault(UNAVAILABLE, { retryAfterSeconds: 0.2 }), undefined).headers['retry-after']).toBe('1');
    expect(problemOf(new Fault(UNAVAILABLE), undefined).headers['retry-after']).toBe('1');
    expect(problemOf(new Fault(NOT_FOUND), undefined).headers).not.toHaveProperty('retry-after');
  });
});

describe('what was thrown', () => {
  const thrown = new Fault(NOT_FOUND);
  it.each<[string, unknown, string, RegExp]>([
    ['a fault', thrown, 'not-found', /nothing here/],
    ['too large a body', bodyError('entity.too.large', 413, { limit: 10 * 1024 * 1024 }), 'http.body-too-large', /at most 10 MiB/],
    ['too large a body, small limit', bodyError('entity.too.large', 413, { limit: 64 * 1024 }), 'http.body-too-large', /at most 64 KiB/],
    ['too large a body, as Nest wraps it', new HttpException('canary', 413, { cause: bodyError('entity.too.large', 413, { limit: 1024 * 1024 }) }), 'http.body-too-large', /1 MiB/],
    ['bad JSON', bodyError('entity.parse.failed', 400), 'http.json-invalid', /JSON/],
    ['an unknown charset', bodyError('charset.unsupported', 415), 'http.body-unreadable', /Content-Type/],
    ['an unknown encoding', bodyError('encoding.unsupported', 415), 'http.body-unreadable', /Content-Encoding/],
    ['a bad percent-encoding', Object.assign(new URIError('canary'), { status: 400 }), 'http.url-invalid', /percent/],
    ['an unknown route', new NotFoundException('Cannot GET /canary'), 'http.route-unknown', /openapi/],
    ['another HTTP exception', new HttpException('canary', 418), 'http.request-invalid', /./],
    ['an HTTP exception of ours', new HttpException('canary', 502), 'internal', /our side/],
    ['a parser that broke', bodyError('stream.not.readable', 500), 'internal', /our side/],
    ['an error of a database', Object.assign(new Error('canary'), { code: '42P01', query: 'canary' }), 'internal', /our side/],
    ['no error at all', 'canary', 'internal', /our side/],
    ['nothing', undefined, 'internal', /our side/],
  ])('becomes one of our faults: %s', (_name, error, code, sentence) => {
    const fault = requestFaultOf(error);
    expect(fault.code).toBe(code);
    expect(fault.sentence).toMatch(sentence);
    expect(JSON.stringify(problemOf(fault, undefined))).not.toContain('canary');
  });
});
