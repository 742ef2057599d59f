import type { ArgumentsHost } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { Refusals } from '../audit/refusals.service.js';
import { ProblemFilter } from './problem.filter.js';

/** An answer that notes what is done to it. */
function answerTo(error: unknown, headersSent: boolean): string[] {
  const done: string[] = [];
  const response = {
    headersSent,
    status: (status: number) => (done.push(`status ${status}`), response),
    set: () => (done.push('headers'), response),
    send: (body: string) => (done.push(body), response),
    end: () => (done.push('end'), response),
  };
  const refusals = { note: ({ code }: Fault) => done.push(`noted ${code}`) } as unknown as Refusals;
  new ProblemFilter(refusals).catch(error, { switchToHttp: () => ({ getResponse: () => response, getRequest: () => ({}) }) } as unknown as ArgumentsHost);
  return done;
}

describe('a failed request', () => {
  it('is answered with its problem', () => {
    expect(answerTo(new Fault(NOT_FOUND), false)).toEqual(['noted not-found', 'status 404', 'headers', expect.stringContaining('"code":"not-found"')]);
  });

  it('is only ended where its answer has begun', () => {
    expect(answerTo(new Fault(NOT_FOUND), true)).toEqual(['noted not-found', 'end']);
  });
});
